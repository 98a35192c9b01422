import { z } from 'zod'
import { object } from './object'

export const sessionSchema = object(() => ({
  id: z.int(),
  name: z.string().describe('The `User-Agent` of the device.'),
  device: z.string().describe('The same in short, such as `Chrome · Android`.'),
  passkey: z.boolean().describe('Whether a passkey was used in this session.'),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  current: z.boolean(),
})).meta({ id: 'Session' })

export type SessionJson = z.infer<typeof sessionSchema>
