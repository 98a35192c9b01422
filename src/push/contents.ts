import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { PushContent } from '../../shapes/push'
import { idIn, isAnyOf, isTrue } from '../db/columns'
import type { Reader } from '../db/open'
import { prepared } from '../db/prepared'
import { follows } from '../follows/table'
import { isMerged } from '../inbox/large-authors'
import { inbox, readMarks } from '../inbox/table'
import { wantsSql } from '../notifications/choices'
import { actor, mayHear } from '../notifications/model'
import { notifications } from '../notifications/table'
import { authorOf, offeredTo } from '../posts/feed'
import { posts } from '../posts/table'
import { users } from '../users/table'
import type { Due } from './due-pushes'
import { pushes, pushSubscriptions } from './table'

const reader = pushSubscriptions.userId
const actorNames = { handle: actor.handle, displayName: actor.displayName }

/** Loads the content of pushes by id, without those that are out of date or no longer wanted. */
export async function contentsOf(db: Reader, due: Due[]): Promise<Map<number, PushContent>> {
  const those = (which: (push: Due['push']) => unknown) => due.flatMap(({ push }) => (which(push) ? [push.id] : []))
  const parts = await Promise.all([
    aboutPosts(
      db,
      those(({ kind }) => kind === 'post'),
    ),
    aboutNotices(
      db,
      those(({ noticeId }) => noticeId),
    ),
    aboutNews(
      db,
      those(({ news }) => news),
    ),
  ])
  return new Map(parts.flat())
}

/** Loads posts that the recipient may see and has read nowhere, by authors whom they follow and do not mute. */
async function aboutPosts(db: Reader, ids: number[]): Promise<[number, PushContent][]> {
  if (!ids.length) return []
  const rows = await ofPosts(db).execute({ ids: JSON.stringify(ids) })
  return rows.map(({ id, actor, post }) => [id, { ...NOTHING, kind: 'post', actors: [actor], postId: post.id, post }])
}

const ofPosts = prepared((db: Reader) => {
  const inInbox = sql`exists (
    select 1 from ${inbox}
    where ${inbox.userId} = ${reader} and ${inbox.at} = ${posts.publishedAt}
      and ${inbox.postId} = ${posts.id} and ${isTrue(inbox.read)}
  )`
  const asMerged = sql`(
    ${isMerged} and exists (
      select 1 from ${readMarks} where ${readMarks.userId} = ${reader} and ${readMarks.readTo} >= ${posts.publishedAt}
    )
  )`
  const asNotice = sql`exists (
    select 1 from ${notifications}
    where ${notifications.userId} = ${reader} and ${notifications.postId} = ${posts.id}
      and ${notifications.kind} = 'post' and ${isTrue(notifications.read)}
  )`
  return db
    .select({
      id: pushes.id,
      actor: { handle: users.handle, displayName: users.displayName },
      post: { id: posts.id, caption: posts.caption, sensitive: posts.sensitive, adultsOnly: posts.adultsOnly },
    })
    .from(pushes)
    .innerJoin(pushSubscriptions, eq(pushSubscriptions.id, pushes.subscriptionId))
    .innerJoin(posts, eq(posts.id, pushes.postId))
    .innerJoin(users, authorOf)
    .innerJoin(follows, and(eq(follows.followeeId, posts.authorId), eq(follows.followerId, reader)))
    .where(
      and(
        isAnyOf(pushes.id, 'ids'),
        eq(follows.notify, true),
        wantsSql(reader, 'post', 'push'),
        offeredTo({ id: reader }),
        sql`not ${inInbox} and not ${asMerged} and not ${asNotice}`,
      ),
    )
    .prepare()
})

const NOTHING = { count: 1, coins: null, note: null, commentId: null, postId: null }

/** Loads notifications that still exist and are unread. */
async function aboutNotices(db: Reader, ids: number[]): Promise<[number, PushContent][]> {
  if (!ids.length) return []
  const rows = await db
    .select({ id: pushes.id, notice: notifications, actor: actorNames })
    .from(pushes)
    .innerJoin(pushSubscriptions, eq(pushSubscriptions.id, pushes.subscriptionId))
    .innerJoin(notifications, and(eq(notifications.id, pushes.noticeId), eq(notifications.userId, reader)))
    .leftJoin(actor, and(eq(actor.id, notifications.actorId), isNull(actor.deletedAt)))
    .leftJoin(posts, eq(posts.id, notifications.postId))
    .leftJoin(users, authorOf)
    .where(and(inArray(pushes.id, ids), eq(notifications.read, false), mayHear({ id: reader })))
  return rows.map(({ id, notice, actor }) => [id, { ...notice, actors: actor ? [actor] : [] }])
}

/** Loads pushes without a notification, which say themselves what they are about. */
async function aboutNews(db: Reader, ids: number[]): Promise<[number, PushContent][]> {
  if (!ids.length) return []
  const rows = await db
    .select({ push: pushes, actor: actorNames })
    .from(pushes)
    .innerJoin(pushSubscriptions, eq(pushSubscriptions.id, pushes.subscriptionId))
    .leftJoin(actor, eq(actor.id, idIn(pushes.news, 'actorId')))
    .leftJoin(posts, eq(posts.id, idIn(pushes.news, 'postId')))
    .leftJoin(users, authorOf)
    .where(and(inArray(pushes.id, ids), mayHear({ id: reader }, { kind: pushes.kind, count: sql`1` })))
  return rows.flatMap(({ push: { id, kind, news }, actor }) =>
    news && kind !== 'test' ? [[id, { ...NOTHING, ...news, kind, actors: actor ? [actor] : [] }]] : [],
  )
}
