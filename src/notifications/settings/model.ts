import { eq, sql } from 'drizzle-orm'
import type { Choice, NoticeSettings, NoticeSettingsPatch } from '../../../shapes/notification-settings'
import { KINDS, type Kind } from '../../../shapes/notifications'
import type { Reader, Tx } from '../../db/open'
import { prepared } from '../../db/prepared'
import { Problem } from '../../problem'
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

/** When the pushes of somebody wait; undefined when they never do. What to do with it: `quietUntil`. */
export const quietHoursOf = async (db: Reader, userId: number): Promise<QuietHours | undefined> =>
  (await hoursOf(db).execute({ userId }))[0]

/** Off, and what the form proposes then; the browser knows the time zone better. */
const NO_HOURS: NoticeSettings['quietHours'] = { on: false, from: '23:00', until: '07:00', timeZone: 'UTC' }

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

/** What is left out stays as it is. */
export async function changeSettings(tx: Tx, me: Who, patch: NoticeSettingsPatch): Promise<NoticeSettings> {
  const before = await settingsOf(tx, me)
  const choices = Object.fromEntries(
    KINDS.map((kind) => [kind, { ...before.choices[kind], ...given(patch.choices?.[kind] ?? {}) }]),
  )
  await keepChoices(tx, me, choices as Choices)
  if (patch.quietHours) await keepHours(tx, me, { ...before.quietHours, ...given(patch.quietHours) })
  return settingsOf(tx, me)
}

const given = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

/** Only what differs from the defaults has a row, so that a better default later is everybody's who did not care. */
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
    throw new Problem('invalid', 'Quiet hours must start and end at different times.', {
      errors: [{ path: 'quietHours.until', message: 'Quiet hours must start and end at different times.' }],
    })
  await tx
    .insert(quietHours)
    .values({ userId: me.id, fromMinute: toMinute(from), untilMinute: toMinute(until), timeZone })
}

/** Nothing is left of it when somebody leaves. */
export async function eraseNoticeSettingsOf(tx: Tx, user: Who): Promise<boolean> {
  await tx.delete(notificationChoices).where(eq(notificationChoices.userId, user.id))
  await tx.delete(quietHours).where(eq(quietHours.userId, user.id))
  return false
}
