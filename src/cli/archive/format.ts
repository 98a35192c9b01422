import { z } from 'zod'
import { object } from '../../../shapes/object'

/** The names of entries of an archive, which are those of the files in the data folder. */
export const DATABASE = 'pinhole.sqlite'
export const SECRETS = 'secrets.json'
/** The last entry of an archive. An archive without it is incomplete. */
export const SUMMARY = 'backup.json'

/** The name of a stored file: `media/`, the id of the file and its name in the storage. */
export const MEDIA = /^media\/([1-9]\d{0,14})\/(original|(?:full|preview)\/[a-z0-9][a-z0-9_-]*\.[a-z0-9]+)$/

export const summarySchema = object(() => ({
  format: z.literal(1),
  version: z.string(),
  createdAt: z.iso.datetime(),
  files: z.int(),
  bytes: z.int(),
  /** Files that were missing on the disk although nobody had deleted them. */
  lost: z.array(z.int()),
  /** Files whose bytes were no longer those that had been stored. They are in the copy as they were found. */
  changed: z.array(z.int()).default([]),
}))
export type Summary = z.infer<typeof summarySchema>
