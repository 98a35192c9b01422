import { z } from 'zod'
import type { Kind } from './notifications'
import { KINDS } from './notifications'
import { later, object } from './object'
import { timeZoneField } from './time-zone'

/** The ways to be notified: the list on the page, pushes to devices, and mail. */
export const CHANNELS = ['page', 'push', 'mail'] as const

export type Channel = (typeof CHANNELS)[number]

export type Choice = Record<Channel, boolean>

const each = <K extends string, T>(names: readonly K[], of: () => T) =>
  Object.fromEntries(names.map((name) => [name, of()])) as Record<K, T>

const choice = object(() => each(CHANNELS, () => z.boolean())).meta({ id: 'NotificationChoice' })

const time = later(() =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time like 23:00.')
    .describe('Local time, such as 23:00.'),
)

const quietFields = {
  on: z.boolean(),
  from: time(),
  until: time().describe('An end before `from` is on the next day. The two must differ.'),
  timeZone: timeZoneField(),
}

export const noticeSettingsSchema = object(() => ({
  choices: object(() => each(KINDS, () => choice)).describe(
    'The channels of each kind of notification: the page, pushes and mail.',
  ),
  quietHours: object(() => quietFields).describe('The hours in which pushes wait.'),
})).meta({ id: 'NotificationSettings' })

export type NoticeSettings = z.infer<typeof noticeSettingsSchema>

const changes = object(() => each(CHANNELS, () => z.boolean().optional()))

/** Omitted fields stay as they are. */
export const noticeSettingsPatchSchema = object(() => ({
  choices: object(() => each(KINDS, () => changes.optional())).optional(),
  quietHours: object(() => ({
    on: quietFields.on.optional(),
    from: quietFields.from.optional(),
    until: quietFields.until.optional(),
    timeZone: quietFields.timeZone.optional(),
  })).optional(),
})).meta({ id: 'NotificationSettingsPatch' })

export type NoticeSettingsPatch = {
  choices?: Partial<Record<Kind, Partial<Record<string, boolean | undefined>> | undefined>> | undefined
} & {
  quietHours?: { [K in keyof NoticeSettings['quietHours']]?: NoticeSettings['quietHours'][K] | undefined } | undefined
}
