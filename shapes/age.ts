import { z } from 'zod'
import { object } from './object'
import type { Settings } from './settings'

/** The host's rule for posts for adults: the age, how it counts, and who confirms it. */
export type AgeRule = Pick<Settings, 'adultAge' | 'adultBy' | 'ageProof'>

export const ageSchema = object(() => ({
  confirmedAt: z.iso.datetime().nullable().describe('When you, or the staff for you, confirmed that you are an adult.'),
  adultFrom: z.iso
    .datetime()
    .nullable()
    .describe('From when you are an adult, if you entered a birthday by which you are too young.'),
  adultAge: z.int().describe('The age of adults in this community.'),
  adultBy: z
    .enum(['birthday', 'year'])
    .describe('Whether that age counts from the birthday or from the 1st of January of its year.'),
  proof: z.enum(['word', 'staff']).describe('Whether your own word confirms your age, or the staff do.'),
})).meta({ id: 'Age' })
export type AgeJson = z.infer<typeof ageSchema>
