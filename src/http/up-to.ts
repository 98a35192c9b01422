import { z } from 'zod'

/** Selects everything up to and including this time. */
export const upToSchema = z.object({
  upTo: z.iso.datetime({ offset: true, error: 'Enter a time such as 2026-01-31T12:00:00Z.' }),
})
