import { and, desc, eq, sql } from 'drizzle-orm'
import { deleteSome } from '../db/delete-some'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { touch } from '../db/tell'
import type { Person } from '../ports/people'
import { authorOf, findOpenPost, postFor, visibleTo, withFiles } from '../posts/feed'
import { posts } from '../posts/table'
import { Problem } from '../problem'
import { users } from '../users/table'
import { mutedPosts } from './table'

type Me = Pick<Person, 'id'>

/**
 * Mutes a post, which is not offered to the person any more. Whoever looks for it still finds it, and nobody is told.
 * Returns true if it was not muted before.
 */
export async function mutePost(tx: Tx, me: Me, postId: number, now: Date): Promise<boolean> {
  const { authorId } = await findOpenPost(tx, me, postId)
  if (authorId === me.id) throw new Problem('conflict', 'This is your own post.', { code: 'own_post' })
  const draft = { userId: me.id, postId, createdAt: now }
  const made = await tx.insert(mutedPosts).values(draft).onConflictDoNothing().returning()
  if (made.length) touch(tx, me.id, 'inbox')
  return made.length > 0
}

/** Offers a post again, also one that the person may no longer see. */
export async function unmutePost(tx: Tx, me: Me, postId: number): Promise<void> {
  const ended = await tx.delete(mutedPosts).where(ofPair(me, postId)).returning()
  if (!ended.length) await findOpenPost(tx, me, postId)
  else touch(tx, me.id, 'inbox')
}

const ofPair = (me: Me, postId: number) => and(eq(mutedPosts.userId, me.id), eq(mutedPosts.postId, postId))

export const isPostMuted = async (db: Reader, me: Me, postId: number): Promise<boolean> =>
  (await pair(db).execute({ id: me.id, postId })).length > 0

const pair = prepared((db: Reader) =>
  db
    .select({ postId: mutedPosts.postId })
    .from(mutedPosts)
    .where(and(eq(mutedPosts.userId, sql.placeholder('id')), eq(mutedPosts.postId, sql.placeholder('postId'))))
    .prepare(),
)

/** Lists the muted posts that the person may still see, the one muted last first. */
export async function listMutedPosts(db: Reader, me: Me, wanted: Wanted) {
  const rows = await newest(db).execute({ id: me.id, ...placeholdersOf(wanted) })
  const page = toPage(rows, wanted, ({ post, mutedAt }) => ({ at: mutedAt, id: post.id }))
  return { ...page, items: await withFiles(db, page.items) }
}

const newest = prepared((db: Reader) => {
  const me = { id: sql.placeholder('id') }
  return db
    .select({ ...postFor(me), mutedAt: mutedPosts.createdAt })
    .from(mutedPosts)
    .innerJoin(posts, eq(posts.id, mutedPosts.postId))
    .innerJoin(users, authorOf)
    .where(and(eq(mutedPosts.userId, me.id), visibleTo(me), beforePlaceholder(mutedPosts.createdAt, mutedPosts.postId)))
    .orderBy(desc(mutedPosts.createdAt), desc(mutedPosts.postId))
    .limit(sql.placeholder('most'))
    .prepare()
})

const CHUNK = 500

/** Erases a batch of the muted posts of a deleted account; returns true when there may be more. */
export async function eraseMutedPostsOf(tx: Tx, user: Me): Promise<boolean> {
  const gone = await deleteSome(tx, mutedPosts, eq(mutedPosts.userId, user.id), { key: mutedPosts.postId, most: CHUNK })
  return gone.length === CHUNK
}

/** Erases a batch of those who muted a deleted post; returns true when there may be more. */
export async function eraseMutersOf(tx: Tx, postId: number): Promise<boolean> {
  const gone = await deleteSome(tx, mutedPosts, eq(mutedPosts.postId, postId), { key: mutedPosts.userId, most: CHUNK })
  return gone.length === CHUNK
}
