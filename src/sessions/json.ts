import { z } from 'zod'
import type { Session } from './table'

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

export const sessionJson = ({ id, name, createdAt, lastSeenAt }: Session, currentId: number): SessionJson => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  lastSeenAt: lastSeenAt.toISOString(),
  current: id === currentId,
})
