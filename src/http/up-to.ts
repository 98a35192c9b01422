import { z } from 'zod'

/** Everything at this time or before it. */
export const upToSchema = z.object({
  upTo: z.iso.datetime({ offset: true, error: 'This is not a time, as in 2026-01-31T12:00:00Z.' }),
})
