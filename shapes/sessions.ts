import { z } from 'zod'

export const sessionSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    current: z.boolean(),
  })
  .meta({ id: 'Session' })

export type SessionJson = z.infer<typeof sessionSchema>
