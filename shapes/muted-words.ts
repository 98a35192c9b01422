import { z } from 'zod'
import { object } from './object'

export const mutedWordSchema = object(() => ({
  id: z.int(),
  text: z.string().describe('A tag with its `#`, or words without regard to case and accents.'),
  createdAt: z.iso.datetime(),
})).meta({ id: 'MutedWord' })

export type MutedWordJson = z.infer<typeof mutedWordSchema>
