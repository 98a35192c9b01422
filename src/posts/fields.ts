import { z } from 'zod'
import { collectionName } from '../../shapes/collections'
import { later, object } from '../../shapes/object'
import { VISIBILITIES } from '../../shapes/posts'
import { textField } from '../../shapes/text'
import { MOST_COINS } from '../coins/ledger'
import { keyField } from '../idempotency/fields'

const caption = later(() => textField({ max: 2000, tooLong: 'A caption can have at most 2,000 characters.' }))
const filesOfDraft = later(() =>
  z
    // A form without JavaScript sends no list when nothing is chosen.
    .array(z.int().positive(), 'Add at least one photo or video.')
    .max(20, 'A post can have at most 20 photos and videos.')
    .refine((ids) => new Set(ids).size === ids.length, 'A post can contain the same file only once.'),
)
const fileIds = later(() => filesOfDraft().min(1, 'Add at least one photo or video.'))
const price = later(() =>
  z
    .int('A price must be a whole number of coins.')
    .min(0, 'A price cannot be below 0.')
    .max(MOST_COINS, 'A price can be at most 1,000,000 coins.'),
)
const visibility = later(() => z.enum(VISIBILITIES))
const sensitive = later(() =>
  z.boolean().describe('Covers the pictures until somebody chooses to see them, whoever they are.'),
)
const adultsOnly = later(() =>
  z
    .boolean()
    .describe('Shows the post only to people who have confirmed their age. Its author has to have done so, too.'),
)
const publishAt = later(() =>
  z.iso
    .datetime({ offset: true, local: true, error: 'Enter a day and a time.' })
    .nullable()
    .describe('When to publish the post, within a year. A time without an offset is in your time zone.'),
)
const collectionId = later(() =>
  z.int().positive().nullable().describe('The collection of yours into which the post is put, which only you see.'),
)

export const draftSchema = object(() => ({
  caption: caption().default(''),
  price: price().default(0),
  fileIds: fileIds(),
  visibility: visibility().default('everyone'),
  sensitive: sensitive().default(false),
  adultsOnly: adultsOnly().default(false),
  publishAt: publishAt().default(null),
  collectionId: collectionId().default(null),
  collectionName: collectionName()
    .optional()
    .describe('The name of the collection in place of its id. If you have none of this name, it is made.'),
  idempotencyKey: keyField(),
}))

export const patchSchema = object(() => ({
  caption: caption().optional(),
  price: price().optional(),
  visibility: visibility().optional(),
  sensitive: sensitive().optional(),
  adultsOnly: adultsOnly().optional(),
  fileIds: fileIds().optional(),
  publishAt: publishAt().optional(),
}))

/** A draft may still be without files. */
export const savedSchema = object(() => ({
  ...draftSchema.omit({ idempotencyKey: true }).shape,
  fileIds: filesOfDraft().default([]),
}))
