import { z } from 'zod'

export const DATABASE = 'pinhole.sqlite'
export const SECRETS = 'secrets.json'
/** The last thing in an archive: without it, not all of it is there. */
export const SUMMARY = 'backup.json'

/** Stored bytes under `media/`: the file's id, and the name that the storage gave. */
export const MEDIA = /^media\/([1-9]\d{0,14})\/(original|(?:full|preview)\/[a-z0-9][a-z0-9_-]*\.[a-z0-9]+)$/

export const summarySchema = z.object({
  format: z.literal(1),
  version: z.string(),
  createdAt: z.iso.datetime(),
  files: z.int(),
  bytes: z.int(),
  /** Files whose bytes were gone from the disk, though nobody had deleted them. */
  lost: z.array(z.int()),
})
export type Summary = z.infer<typeof summarySchema>
