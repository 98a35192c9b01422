import { and, desc, eq, gt, or, sql } from 'drizzle-orm'
import { notBlocked } from '../blocks/between'
import { refuseBlocked } from '../blocks/refuse-blocked'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, type Wanted } from '../db/page'
import { type PreparedViewer, preparedForViewer } from '../db/prepared'
import { touch } from '../db/tell'
import { enqueue } from '../jobs/queue'
import { notify, takeBack } from '../notifications/model'
import type { Person } from '../ports/people'
import { hasFollowersOnly } from '../posts/feed'
import { Problem } from '../problem'
import { countOnUser, raiseEpoch } from '../users/model'
import { present, seenBy, toPeoplePage } from '../users/person'
import { users } from '../users/table'
import { beginFollow, followBetween } from './begin'
import { askToFollow, dropRequest, eraseRequests } from './requests'
import { follows } from './table'

/** The result of following. Private accounts are asked, and a request that waits already is `requested`, too. */
export type Outcome = 'followed' | 'known' | 'requested'

/** Follows somebody. `notices` says whether the follower wants notifications of new posts. */
export async function follow(
  tx: Tx,
  follower: Person,
  followee: Person,
  notices: boolean | undefined,
  now: Date,
): Promise<Outcome> {
  if (follower.id === followee.id) throw new Problem('conflict', 'You cannot follow yourself.', { code: 'own_account' })
  await refuseBlocked(tx, follower, followee)
  const pair = followBetween(follower, followee)
  const wish = notices === undefined ? {} : { notify: notices }
  const known =
    notices === undefined
      ? await tx.select({ id: follows.followerId }).from(follows).where(pair)
      : await tx.update(follows).set(wish).where(pair).returning({ id: follows.followerId })
  if (known.length) return 'known'
  if (await isPrivate(tx, followee)) {
    await askToFollow(tx, follower, followee, notices ?? true, now)
    return 'requested'
  }
  await beginFollow(tx, { follower, followee, notify: notices ?? true }, now)
  await notify(tx, { userId: followee.id, kind: 'follow', actorId: follower.id, at: now })
  return 'followed'
}

/** Asked inside the transaction, since the account may have become private a moment ago. */
async function isPrivate(tx: Tx, { id }: Pick<Person, 'id'>): Promise<boolean> {
  const [user] = await tx.select({ private: users.private }).from(users).where(eq(users.id, id))
  return user?.private ?? false
}

/** Ends a follow, or withdraws the request for one. */
export async function unfollow(
  tx: Tx,
  follower: Pick<Person, 'id'>,
  followee: Pick<Person, 'id'>,
  now: Date,
): Promise<void> {
  await dropRequest(tx, follower, followee)
  const ended = await tx.delete(follows).where(followBetween(follower, followee)).returning()
  if (!ended.length) return
  await countOnUser(tx, follower.id, 'following', -1)
  await countOnUser(tx, followee.id, 'followers', -1)
  await takeBack(tx, { userId: followee.id, kind: 'follow', actorId: follower.id })
  touch(tx, follower.id, 'inbox')
  await enqueue(tx, 'inbox.withdraw', { followerId: follower.id, followeeId: followee.id }, now)
  if (await hasFollowersOnly(tx, followee)) await raiseEpoch(tx, follower.id, now)
}

/** Lists a person's followers, newest first. */
export const listFollowers = (db: Reader, viewer: Person | null, user: Person, wanted: Wanted) =>
  list(followers(db, viewer), viewer, user, wanted)

/** Lists the people a person follows, newest first. */
export const listFollowing = (db: Reader, viewer: Person | null, user: Person, wanted: Wanted) =>
  list(following(db, viewer), viewer, user, wanted)

/** An SQL condition: the account whose list it is shows it to the viewer, since it is public, followed or their own. */
const isOpenTo = (viewer: PreparedViewer, whose: Side) => {
  const mine = sql`owner.id = ${viewer?.id} or exists (
    select 1 from ${follows} as tie where tie.followee_id = owner.id and tie.follower_id = ${viewer?.id}
  )`
  return sql`exists (
    select 1 from ${users} as owner where owner.id = ${whose} and (not owner.private ${viewer ? sql`or ${mine}` : sql``})
  )`
}

type Side = typeof follows.followerId | typeof follows.followeeId

/** Prepares the list of the people on the other side of one person's follows. */
const otherSide = (mine: Side, other: Side) =>
  preparedForViewer((db: Reader, viewer) =>
    db
      .select({ user: seenBy(viewer), at: follows.createdAt })
      .from(follows)
      .innerJoin(users, eq(users.id, other))
      // people in a block relationship with the viewer are left out
      .where(
        and(
          eq(mine, sql.placeholder('userId')),
          present,
          isOpenTo(viewer, mine),
          notBlocked(viewer, follows.followeeId),
          notBlocked(viewer, follows.followerId),
          beforePlaceholder(follows.createdAt, other),
        ),
      )
      .orderBy(desc(follows.createdAt), desc(other))
      .limit(sql.placeholder('most'))
      .prepare(),
  )
const followers = otherSide(follows.followeeId, follows.followerId)
const following = otherSide(follows.followerId, follows.followeeId)

async function list(query: ReturnType<typeof followers>, viewer: Person | null, user: Person, wanted: Wanted) {
  const rows = await query.execute({ viewerId: viewer?.id, userId: user.id, ...placeholdersOf(wanted) })
  return toPeoplePage(rows, wanted)
}

const CHUNK = 100

/** Removes a chunk of the follows of an erased account, in both directions. Returns true when there may be more. */
export async function eraseFollowsOf(tx: Tx, user: Person, now: Date): Promise<boolean> {
  const rows = await tx
    .select()
    .from(follows)
    .where(or(eq(follows.followerId, user.id), eq(follows.followeeId, user.id)))
    .limit(CHUNK)
  for (const { followerId, followeeId } of rows) await unfollow(tx, { id: followerId }, { id: followeeId }, now)
  return (await eraseRequests(tx, user)) || rows.length === CHUNK
}

/** Lets follows that begin after `latest` begin now, so that new posts are unread. Returns how many there were. */
export async function correctFollowTimes(tx: Tx, latest: Date, now: Date): Promise<number> {
  const begun = await tx
    .update(follows)
    .set({ createdAt: now })
    .where(gt(follows.createdAt, latest))
    .returning({ followerId: follows.followerId })
  return begun.length
}
