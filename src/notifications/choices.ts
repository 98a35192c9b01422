import { eq, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { Channel, Choice } from '../../shapes/notification-settings'
import type { Kind } from '../../shapes/notifications'
import type { Reader } from '../db/open'
import { prepared } from '../db/prepared'
import { notificationChoices } from './table'

export type Choices = Record<Kind, Choice>

const page = { page: true, push: false, mail: false }
const push = { page: true, push: true, mail: false }
const all = { page: true, push: true, mail: true }

/**
 * The defaults: everything is on the page, what is meant for one person is also pushed, and money and the staff also
 * come by mail.
 */
export const DEFAULTS: Choices = {
  post: push,
  follow: page,
  request: push,
  accepted: page,
  like: page,
  comment: push,
  mention: push,
  purchase: push,
  tip: push,
  gift: push,
  look: push,
  refund: all,
  payout: all,
  file_failed: push,
  report: all,
  staff: all,
}

const changedBy = prepared((db: Reader) =>
  db
    .select()
    .from(notificationChoices)
    .where(eq(notificationChoices.userId, sql.placeholder('userId')))
    .prepare(),
)

/** Returns the settings of a person for every kind of notification, defaults included. */
export async function choicesOf(db: Reader, userId: number): Promise<Choices> {
  const changed = await changedBy(db).execute({ userId })
  return {
    ...DEFAULTS,
    ...Object.fromEntries(changed.map(({ kind, page, push, mail }) => [kind, { page, push, mail }])),
  }
}

/** Tells whether a person wants this kind of notification on this channel. */
export const wants = async (db: Reader, userId: number, kind: Kind, channel: Channel): Promise<boolean> =>
  (await choicesOf(db, userId))[kind][channel]

/** An SQL value: the choice of a person for a kind of notification on a channel, or null where they kept the default. */
export const chosenSql = (userId: unknown, kind: SQL | Placeholder, channel: Channel): SQL<boolean | null> =>
  sql<boolean | null>`(select ${notificationChoices[channel]} from ${notificationChoices}
    where ${notificationChoices.userId} = ${userId} and ${notificationChoices.kind} = ${kind})`

/** An SQL condition: a person wants this kind of notification on this channel. `userId` is the column with their id. */
export const wantsSql = (userId: unknown, kind: Kind, channel: Channel): SQL<boolean> =>
  sql<boolean>`coalesce(${chosenSql(userId, sql.raw(`'${kind}'`), channel)}, ${sql.raw(String(DEFAULTS[kind][channel]))})`
