import { eq, sql } from 'drizzle-orm'
import type { Choice, NoticeSettings, NoticeSettingsPatch } from '../../../shapes/notification-settings'
import { KINDS, type Kind } from '../../../shapes/notifications'
import type { Reader, Tx } from '../../db/open'
import { prepared } from '../../db/prepared'
import { given } from '../../given'
import { fieldProblem } from '../../problem'
import { type Choices, choicesOf, DEFAULTS } from '../choices'
import { type QuietHours, toMinute, toTime } from '../quiet'
import { notificationChoices, quietHours } from '../table'

type Who = { id: number }

const hoursOf = prepared((db: Reader) =>
  db
    .select()
    .from(quietHours)
    .where(eq(quietHours.userId, sql.placeholder('userId')))
    .prepare(),
)

/** Returns the quiet hours of a person, or undefined when they have none. `quietUntil` applies them. */
export const quietHoursOf = async (db: Reader, userId: number): Promise<QuietHours | undefined> =>
  (await hoursOf(db).execute({ userId }))[0]

/** No quiet hours, with the times that the form proposes; the browser fills in its own time zone. */
const NO_HOURS: NoticeSettings['quietHours'] = { on: false, from: '23:00', until: '07:00', timeZone: 'UTC' }

/** Returns all notification settings of a person, defaults included. */
export async function settingsOf(db: Reader, me: Who): Promise<NoticeSettings> {
  const hours = await quietHoursOf(db, me.id)
  const shown = hours && {
    on: true,
    from: toTime(hours.fromMinute),
    until: toTime(hours.untilMinute),
    timeZone: hours.timeZone,
  }
  return { choices: await choicesOf(db, me.id), quietHours: shown ?? NO_HOURS }
}

/** Changes the given settings; omitted ones stay as they are. */
export async function changeNoticeSettings(tx: Tx, me: Who, patch: NoticeSettingsPatch): Promise<NoticeSettings> {
  const before = await settingsOf(tx, me)
  const choices = Object.fromEntries(
    KINDS.map((kind) => [kind, { ...before.choices[kind], ...given(patch.choices?.[kind] ?? {}) }]),
  )
  await keepChoices(tx, me, choices as Choices)
  if (patch.quietHours) await keepHours(tx, me, { ...before.quietHours, ...given(patch.quietHours) })
  return settingsOf(tx, me)
}

/** Stores only what differs from the defaults, so that a better default later reaches everyone who never changed it. */
async function keepChoices(tx: Tx, me: Who, choices: Choices) {
  const changed = KINDS.filter((kind) => !same(choices[kind], DEFAULTS[kind]))
  await tx.delete(notificationChoices).where(eq(notificationChoices.userId, me.id))
  const row = (kind: Kind) => ({ userId: me.id, kind, ...choices[kind] })
  if (changed.length) await tx.insert(notificationChoices).values(changed.map(row))
}

const same = (one: Choice, other: Choice) =>
  one.page === other.page && one.push === other.push && one.mail === other.mail

async function keepHours(tx: Tx, me: Who, { on, from, until, timeZone }: NoticeSettings['quietHours']) {
  await tx.delete(quietHours).where(eq(quietHours.userId, me.id))
  if (!on) return
  if (from === until)
    throw fieldProblem('invalid', {
      path: 'quietHours.until',
      message: 'Quiet hours must start and end at different times.',
    })
  await tx
    .insert(quietHours)
    .values({ userId: me.id, fromMinute: toMinute(from), untilMinute: toMinute(until), timeZone })
}

/** Erases the notification settings of a deleted account. */
export async function eraseNoticeSettingsOf(tx: Tx, user: Who): Promise<boolean> {
  await tx.delete(notificationChoices).where(eq(notificationChoices.userId, user.id))
  await tx.delete(quietHours).where(eq(quietHours.userId, user.id))
  return false
}
