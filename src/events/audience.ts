import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { balanceOf } from '../coins/ledger'
import type { Reader } from '../db/open'
import type { Announcement, EventKind } from '../db/tell'
import { follows } from '../follows/table'
import { countUnreadPosts } from '../inbox/model'
import { mutedBy } from '../mutes/muted'
import { wantsSql } from '../notifications/choices'
import { countUnreadNotifications } from '../notifications/model'
import type { Entry } from './log'

/** The followers that an entry concerns, if it is one chunk of a delivery. */
const chunkOf = ({ announcement }: Entry) =>
  announcement && typeof announcement.to === 'object' && 'followersOf' in announcement.to ? announcement.to : null

/** Merges consecutive chunks of one delivery to save queries. The merged entry keeps the number of the last chunk. */
export function mergeChunks(entries: Entry[]): Entry[] {
  const all = new Set<Entry>()
  /** The entries of deliveries, by the delivery and the last follower. */
  const byEnd = new Map<string, Entry>()
  const drop = (end: string) => {
    all.delete(byEnd.get(end)!)
    byEnd.delete(end)
  }
  for (const entry of entries) {
    const chunk = chunkOf(entry)
    if (!entry.announcement || !chunk) {
      all.add(entry)
      continue
    }
    const { announcement } = entry
    const endAt = (last: number) => `${announcement.key} of ${chunk.followersOf} up to ${last}`
    const before = byEnd.get(endAt(chunk.after))
    const after = (before && chunkOf(before)?.after) ?? chunk.after
    const merged = { ...entry, announcement: { ...announcement, to: { ...chunk, after } } }
    drop(endAt(chunk.after))
    drop(endAt(chunk.last)) // a chunk that came again
    all.add(merged)
    byEnd.set(endAt(chunk.last), merged)
  }
  return [...all]
}

const CHUNK = 500

/** Finds those of the connected people whom an entry concerns. After a commit of another process these are all. */
export const peopleConcernedBy = async (
  db: Reader,
  { announcement }: Entry,
  here: Iterable<number>,
): Promise<number[]> => (announcement ? concerned(db, announcement, here) : [...here])

/** People who are not connected are never looked up. */
async function concerned(db: Reader, { to, kind, about }: Announcement, here: Iterable<number>): Promise<number[]> {
  if (to === 'everyone') return [...here]
  if ('userId' in to) return [to.userId]
  const inRange = [...here].filter((id) => id > to.after && id <= to.last)
  const hears = and(
    kind === 'notification' ? and(eq(follows.notify, true), wantsSql(follows.followerId, 'post', 'page')) : undefined,
    about ? sql`not ${mutedBy(follows.followerId, follows.followeeId)}` : undefined,
  )
  const found: number[] = []
  for (let at = 0; at < inRange.length; at += CHUNK)
    found.push(...(await followersAmong(db, to.followersOf, inRange.slice(at, at + CHUNK), hears)))
  return found
}

async function followersAmong(
  db: Reader,
  authorId: number,
  ids: number[],
  besides: SQL | undefined,
): Promise<number[]> {
  const rows = await db
    .select({ id: follows.followerId })
    .from(follows)
    .where(and(eq(follows.followeeId, authorId), inArray(follows.followerId, ids), besides))
    .orderBy(sql`1`)
  return rows.map(({ id }) => id)
}

/** The current counts and balances, for events that carry no data of their own. */
export async function stateOf(db: Reader, userId: number, kind: EventKind): Promise<object> {
  if (kind === 'notification') return { unread: await countUnreadNotifications(db, { id: userId }) }
  if (kind === 'inbox') return { unread: await countUnreadPosts(db, { id: userId }) }
  if (kind === 'coins') return { balance: (await balanceOf(db, 'member', userId)).balance }
  return {}
}
