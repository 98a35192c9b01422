import { and, desc, eq, sql } from 'drizzle-orm'
import { notBlocked } from '../../blocks/between'
import { deleteSome } from '../../db/delete-some'
import type { Reader, Tx } from '../../db/open'
import { beforePlaceholder, placeholdersOf, type Wanted } from '../../db/page'
import { preparedForViewer } from '../../db/prepared'
import { notify, takeBack } from '../../notifications/model'
import type { Person } from '../../ports/people'
import { present, seenBy, toPeoplePage } from '../../users/person'
import { users } from '../../users/table'
import { countOn } from '../counts'
import { findOpenPost } from '../feed'
import { likes } from './table'

/** Likes a post; returns true if it was not liked before. */
export async function like(tx: Tx, me: Person, postId: number, now: Date): Promise<boolean> {
  const { authorId } = await findOpenPost(tx, me, postId)
  const [made] = await tx.insert(likes).values({ postId, userId: me.id, at: now }).onConflictDoNothing().returning()
  if (!made) return false
  await countOn(tx, postId, 'likes', 1)
  await notify(tx, { userId: authorId, kind: 'like', actorId: me.id, postId, at: now })
  return true
}

/** Removes a like and its notification, also from a post that the viewer may no longer see. */
export async function unlike(tx: Tx, me: Person, postId: number): Promise<void> {
  const mine = and(eq(likes.postId, postId), eq(likes.userId, me.id))
  const [ended] = await tx.delete(likes).where(mine).returning()
  if (!ended) return void (await findOpenPost(tx, me, postId))
  const [post] = await countOn(tx, postId, 'likes', -1)
  if (post) await takeBack(tx, { userId: post.authorId, kind: 'like', actorId: me.id, postId })
}

/** Lists who liked a post, newest first, without people that a block hides from the viewer. */
export async function listLikers(db: Reader, viewer: Person | null, postId: number, wanted: Wanted) {
  const rows = await likers(db, viewer).execute({ viewerId: viewer?.id, postId, ...placeholdersOf(wanted) })
  return toPeoplePage(rows, wanted)
}

const likers = preparedForViewer((db: Reader, viewer) =>
  db
    .select({ user: seenBy(viewer), at: likes.at })
    .from(likes)
    .innerJoin(users, eq(users.id, likes.userId))
    .where(
      and(
        eq(likes.postId, sql.placeholder('postId')),
        present,
        notBlocked(viewer, likes.userId),
        beforePlaceholder(likes.at, likes.userId),
      ),
    )
    .orderBy(desc(likes.at), desc(likes.userId))
    .limit(sql.placeholder('most'))
    .prepare(),
)

const CHUNK = 200

/** Erases a batch of the likes of a deleted account; returns true when there may be more. */
export async function eraseLikesOf(tx: Tx, user: Pick<Person, 'id'>): Promise<boolean> {
  const postIds = await deleteSome(tx, likes, eq(likes.userId, user.id), { key: likes.postId, most: CHUNK })
  for (const postId of postIds) await countOn(tx, postId, 'likes', -1)
  return postIds.length === CHUNK
}

/** Erases a batch of the likes of a deleted post; returns true when there may be more. */
export async function eraseLikesOn(tx: Tx, postId: number): Promise<boolean> {
  const { length } = await deleteSome(tx, likes, eq(likes.postId, postId), { key: likes.userId, most: CHUNK })
  if (length) await countOn(tx, postId, 'likes', -length)
  return length === CHUNK
}
