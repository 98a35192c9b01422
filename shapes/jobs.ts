import { z } from 'zod'
import { object } from './object'

export const jobSchema = object(() => ({
  id: z.int(),
  kind: z.string(),
  lane: z.string(),
  payload: z.record(z.string(), z.unknown()),
  status: z.enum(['waiting', 'retrying', 'dead']),
  attempts: z.int(),
  error: z.string().nullable(),
  createdAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  diedAt: z.iso.datetime().nullable(),
})).meta({ id: 'Job' })

export type JobJson = z.infer<typeof jobSchema>
