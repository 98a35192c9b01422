import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import type { Every } from '../../shapes/mailings'
import { KINDS } from '../../shapes/notifications'
import { isFalse } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { enqueue } from '../jobs/queue'
import { wantsSql } from '../notifications/choices'
import { quietHoursOf } from '../notifications/settings/model'
import { notifications } from '../notifications/table'
import type { Person } from '../ports/people'
import { mailable } from '../users/emails'
import { users } from '../users/table'
import { nextMorning } from './hour'
import { mailings } from './table'

const CHUNK = 200
/** The pause after a notification mail, so that many notifications go into one mail. */
const PAUSE_MS = 30 * 60_000
/** Events this recent may not be committed yet, so they wait for the next mail rather than being missed. */
const SETTLING_MS = 10_000
const settledAt = (now: Date) => new Date(+now - SETTLING_MS)

export type DigestWish = { digest: Every; timeZone: string }

/**
 * Returns the digest setting and the time zone; `isChosen` says whether the person has ever set a time zone. Without
 * one, `communityZone` applies.
 */
export async function digestOf(
  db: Reader,
  { id }: Pick<Person, 'id'>,
  communityZone: string,
): Promise<DigestWish & { isChosen: boolean }> {
  const [row] = await db
    .select({ digest: mailings.digest, ofDigest: mailings.timeZone, ofAccount: users.timeZone })
    .from(users)
    .leftJoin(mailings, eq(mailings.userId, users.id))
    .where(eq(users.id, id))
  const known = row?.ofDigest ?? (await quietHoursOf(db, id))?.timeZone ?? row?.ofAccount
  return {
    digest: row?.digest ?? 'off',
    timeZone: known ?? communityZone,
    isChosen: !!known,
  }
}

/** Changes the digest setting. The first digest covers everything from now on; an omitted time zone stays as it is. */
export async function chooseDigest(
  tx: Tx,
  me: Pick<Person, 'id'>,
  wish: { digest: Every; timeZone?: string | undefined },
  now: Date,
  communityZone: string,
): Promise<void> {
  const { digest, timeZone = null } = wish
  const digestAt = await morningOf(
    tx,
    me,
    { digest, timeZone: timeZone ?? (await digestOf(tx, me, communityZone)).timeZone },
    now,
  )
  await tx
    .insert(mailings)
    .values({ userId: me.id, digest, timeZone, digestAt, digestFrom: now })
    .onConflictDoUpdate({
      target: mailings.userId,
      set: {
        digest,
        timeZone: sql`coalesce(excluded.time_zone, ${mailings.timeZone})`,
        digestAt,
        digestFrom: sql`case when ${mailings.digest} = 'off' then ${+now} else ${mailings.digestFrom} end`,
      },
    })
}

/** Returns when the next digest is due, or null when digests are off. */
async function morningOf(
  db: Reader,
  me: Pick<Person, 'id'>,
  { digest, timeZone }: DigestWish,
  now: Date,
): Promise<Date | null> {
  return digest === 'off' ? null : nextMorning(now, digest, { timeZone, quiet: await quietHoursOf(db, me.id) })
}

/** Queues a batch of the digests that are due; returns true when there may be more. */
export async function startDigests(tx: Tx, now: Date, communityZone: string): Promise<boolean> {
  const due = await tx
    .select({ mailing: mailings, wanted: sql<boolean>`${mailable}`.mapWith(Boolean) })
    .from(mailings)
    .innerJoin(users, eq(users.id, mailings.userId))
    .where(lte(mailings.digestAt, now))
    .orderBy(asc(mailings.digestAt))
    .limit(CHUNK)
  for (const { mailing, wanted } of due) {
    const { userId, digestFrom } = mailing
    const digestAt = await morningOf(tx, { id: userId }, await digestOf(tx, { id: userId }, communityZone), now)
    await tx
      .update(mailings)
      .set({ digestAt, digestFrom: settledAt(now) })
      .where(eq(mailings.userId, userId))
    const span = { userId, after: +(digestFrom ?? now), upTo: +settledAt(now) }
    if (wanted) await enqueue(tx, 'mail.digest', { ...span, mail: crypto.randomUUID() }, now)
  }
  return due.length === CHUNK
}

/**
 * Queues mails for a batch of people with a higher id who have unread notifications they want by mail. Returns the last
 * id of the batch, or undefined after the last batch.
 */
export async function startNotices(tx: Tx, after: number, now: Date): Promise<number | undefined> {
  const upTo = settledAt(now)
  const chunk = await readers(tx).execute({ after, upTo: +upTo, sentBefore: +now - PAUSE_MS })
  for (const { id: userId, mailedUpTo, waiting } of chunk) {
    if (!waiting) continue
    const marks = { noticesUpto: upTo, noticesSentAt: now }
    await tx
      .insert(mailings)
      .values({ userId, ...marks })
      .onConflictDoUpdate({ target: mailings.userId, set: marks })
    await enqueue(tx, 'mail.notices', { userId, after: mailedUpTo, upTo: +upTo, mail: crypto.randomUUID() }, now)
  }
  return chunk.length === CHUNK ? chunk.at(-1)!.id : undefined
}

/**
 * The time up to which notifications were mailed, in milliseconds; at first the time at which the address was
 * confirmed.
 */
const mailedUpTo = sql<number>`coalesce(${mailings.noticesUpto}, ${users.emailVerifiedAt})`

const readers = prepared((tx: Tx) =>
  tx
    .select({ id: users.id, mailedUpTo, waiting: sql<boolean>`exists ${newsFor(tx)}`.mapWith(Boolean) })
    .from(users)
    .leftJoin(mailings, eq(mailings.userId, users.id))
    .where(
      and(
        gt(users.id, sql.placeholder('after')),
        mailable,
        or(isNull(mailings.noticesSentAt), sql`${mailings.noticesSentAt} <= ${sql.placeholder('sentBefore')}`),
      ),
    )
    .orderBy(asc(users.id))
    .limit(CHUNK)
    .prepare(),
)

const newsFor = (tx: Tx) =>
  tx
    .select({ one: sql`1` })
    .from(notifications)
    .where(
      and(
        eq(notifications.userId, users.id),
        isFalse(notifications.read),
        sql`${notifications.at} > ${mailedUpTo}`,
        sql`${notifications.at} <= ${sql.placeholder('upTo')}`,
        or(...KINDS.map((kind) => and(eq(notifications.kind, kind), wantsSql(users.id, kind, 'mail')))),
      ),
    )

/** Erases when the mails of a deleted account are due. It is one row, so there is never more to do. */
export const eraseMailingsOf = async (tx: Tx, { id }: Pick<Person, 'id'>): Promise<boolean> => {
  await tx.delete(mailings).where(eq(mailings.userId, id))
  return false
}

/** The longest time until a digest. */
const WEEK_MS = 7 * 24 * 3600_000

/**
 * Corrects recurring mail that was postponed until after `latest` while the clock was ahead: what is after now counts
 * from now, and the next digest is due at once. Returns how many people it concerned.
 */
export async function correctMailingTimes(tx: Tx, latest: Date, now: Date): Promise<number> {
  const nowAfter = (column: typeof mailings.digestFrom | typeof mailings.noticesUpto | typeof mailings.noticesSentAt) =>
    sql`case when ${column} > ${+latest} then ${+now} else ${column} end`
  const digestLatest = new Date(+latest + WEEK_MS)
  const rows = await tx
    .update(mailings)
    .set({
      digestAt: sql`case when ${mailings.digestAt} > ${+digestLatest} then ${+now} else ${mailings.digestAt} end`,
      digestFrom: nowAfter(mailings.digestFrom),
      noticesUpto: nowAfter(mailings.noticesUpto),
      noticesSentAt: nowAfter(mailings.noticesSentAt),
    })
    .where(
      or(
        gt(mailings.digestAt, digestLatest),
        gt(mailings.digestFrom, latest),
        gt(mailings.noticesUpto, latest),
        gt(mailings.noticesSentAt, latest),
      ),
    )
    .returning({ userId: mailings.userId })
  return rows.length
}
