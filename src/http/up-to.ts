import { z } from 'zod'
import { object } from '../../shapes/object'

/** Selects everything up to and including this time. */
export const upToSchema = object(() => ({
  upTo: z.iso.datetime({ offset: true, error: 'Enter a time such as 2026-01-31T12:00:00Z.' }),
}))
