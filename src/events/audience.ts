import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { balanceOf } from '../coins/ledger'
import type { Reader } from '../db/open'
import type { Announcement, EventKind } from '../db/tell'
import { follows } from '../follows/table'
import { countUnread as countInbox } from '../inbox/model'
import { mutedBy } from '../mutes/muted'
import { wantsSql } from '../notifications/choices'
import { countUnread as countNotifications } from '../notifications/model'
import type { Entry } from './log'

/** Merges consecutive chunks of one delivery to save queries. The merged entry keeps the number of the last chunk. */
export function joined(entries: Entry[]): Entry[] {
  const all = new Map<string, Entry>()
  for (const { at, announcement } of entries) {
    const chunk =
      announcement && typeof announcement.to === 'object' && 'followersOf' in announcement.to ? announcement.to : null
    const name = (end: number) => (chunk ? `${announcement!.key} of ${chunk.followersOf} up to ${end}` : `${at}`)
    const before = chunk && all.get(name(chunk.after))
    if (before) all.delete(name(chunk.after))
    const after = (before?.announcement?.to as typeof chunk)?.after ?? chunk?.after
    all.set(name(chunk?.last ?? 0), {
      at,
      announcement: chunk ? { ...announcement!, to: { ...chunk, after: after! } } : announcement,
    })
  }
  return [...all.values()]
}

const CHUNK = 500

/** Finds the connected people an event concerns. People who are not connected are never looked up. */
export async function concerned(
  db: Reader,
  { to, kind, about }: Announcement,
  here: Iterable<number>,
): Promise<number[]> {
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
  if (kind === 'notification') return { unread: await countNotifications(db, { id: userId }) }
  if (kind === 'inbox') return { unread: await countInbox(db, { id: userId }) }
  if (kind === 'coins') return { balance: (await balanceOf(db, 'member', userId)).balance }
  return {}
}
