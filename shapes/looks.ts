import { z } from 'zod'
import { object } from './object'
import { postSchema } from './posts'

/** The most looks and the most hours of a link. */
export const MOST_TIMES = 10
export const MOST_HOURS = 72

export const lookSchema = object(() => ({
  id: z.int(),
  url: z.string().describe('For the guest. It belongs to the first browser that opens it.'),
  postId: z.int(),
  coins: z.int().describe('What you paid.'),
  times: z.int().nullable().describe('How many looks, each of an hour; null for one look of some hours.'),
  hours: z.int().nullable().describe('How long the one look lasts; null for a number of looks.'),
  used: z.int().describe('How many looks have begun.'),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().describe('Until when it must be opened, or when its last look ends.'),
  open: z.boolean().describe('Whether somebody can still look.'),
  endedAt: z.iso.datetime().nullable(),
  refunded: z.boolean().describe('Whether you got the coins back, since nobody had opened it.'),
})).meta({ id: 'Look' })

export type LookJson = z.infer<typeof lookSchema>

export const guestLookSchema = object(() => ({
  giver: z.string().describe('The name of the member who gives the look.'),
  author: z.string().describe('The name of the author.'),
  left: z.int().describe('How many looks are left.'),
  hours: z.int().describe('How long a look lasts, in hours.'),
  openUntil: z.iso.datetime().nullable().describe('When the look that this browser has begun ends.'),
  placeholder: z.string().nullable().describe('The tiny preview of the first file.'),
  post: postSchema.nullable().describe('The post while the look lasts.'),
})).meta({ id: 'GuestLook' })

export type GuestLookJson = z.infer<typeof guestLookSchema>
