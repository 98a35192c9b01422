import { z } from 'zod'
import { object } from './object'

export const EXPORT_STATUSES = ['making', 'ready', 'failed'] as const

export const exportSchema = object(() => ({
  id: z.int(),
  status: z.enum(EXPORT_STATUSES),
  url: z
    .string()
    .nullable()
    .describe('The address of the zip, for you alone, once it is ready. Downloads can be resumed with `Range`.'),
  bytes: z.int().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable().describe('When the zip is deleted.'),
  error: z.string().nullable().describe('Why it failed.'),
})).meta({ id: 'Export' })

export type ExportJson = z.infer<typeof exportSchema>
