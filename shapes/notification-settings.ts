import { z } from 'zod'
import type { Kind } from './notifications'
import { KINDS } from './notifications'

/** The stream on the page, pushes to devices, mail. */
export const CHANNELS = ['page', 'push', 'mail'] as const

export type Channel = (typeof CHANNELS)[number]

export type Choice = Record<Channel, boolean>

/** A name of the IANA's list, as browsers have it. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false // an offset has no summer
  try {
    return !!new Intl.DateTimeFormat('en', { timeZone: name })
  } catch {
    return false
  }
}

const each = <K extends string, T>(names: readonly K[], of: () => T) =>
  Object.fromEntries(names.map((name) => [name, of()])) as Record<K, T>

const choice = z.object(each(CHANNELS, () => z.boolean())).meta({ id: 'NotificationChoice' })

const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day is written as 23:00.')
  .describe('By the clock on the wall, as in 23:00.')

const quietFields = {
  on: z.boolean(),
  from: time,
  until: time.describe('Before `from` it is on the next morning; the same is nothing.'),
  timeZone: z.string().max(100).refine(isTimeZone, 'There is no such time zone.').describe('A name as in Asia/Seoul.'),
}

export const noticeSettingsSchema = z
  .object({
    choices: z
      .object(each(KINDS, () => choice))
      .describe('What one wants to hear of: on the page, as a push, by mail.'),
    quietHours: z.object(quietFields).describe('When pushes wait.'),
  })
  .meta({ id: 'NotificationSettings' })

export type NoticeSettings = z.infer<typeof noticeSettingsSchema>

const changes = z.object(each(CHANNELS, () => z.boolean().optional()))

/** What is left out stays. */
export const noticeSettingsPatchSchema = z
  .object({
    choices: z.object(each(KINDS, () => changes.optional())).optional(),
    quietHours: z
      .object({
        on: quietFields.on.optional(),
        from: quietFields.from.optional(),
        until: quietFields.until.optional(),
        timeZone: quietFields.timeZone.optional(),
      })
      .optional(),
  })
  .meta({ id: 'NotificationSettingsPatch' })

export type NoticeSettingsPatch = {
  choices?: Partial<Record<Kind, Partial<Record<string, boolean | undefined>> | undefined>> | undefined
} & {
  quietHours?: { [K in keyof NoticeSettings['quietHours']]?: NoticeSettings['quietHours'][K] | undefined } | undefined
}
