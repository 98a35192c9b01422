import { z } from 'zod'
import { object } from './object'

/** The copies of videos that can be dropped and made again. */
export const copiesSchema = object(() => ({
  files: z.int().describe('How many videos have copies in other qualities.'),
  bytes: z.int().describe('How much dropping these copies would free, in bytes.'),
  making: z.int().describe('How many videos wait until such copies are made.'),
  dropping: z.int().describe('How many videos wait until their copies are dropped and erased.'),
})).meta({ id: 'Copies' })
export type CopiesJson = z.infer<typeof copiesSchema>
