import { z } from 'zod'
import { object } from './object'

export const backupSchema = object(() => ({
  id: z.int(),
  at: z.iso.datetime().describe('When it ended.'),
  seconds: z.int().describe('How long it took.'),
  place: z.string().describe('The folder, file or bucket that it is in.'),
  error: z.string().nullable().describe('Why it failed; null for a backup that was made and proved.'),
  files: z.int().nullable().describe('How many photos and videos it contains.'),
  bytes: z.int().nullable(),
  newBytes: z.int().nullable().describe('How much of it no earlier backup at the same place contained.'),
})).meta({ id: 'Backup' })

export type BackupJson = z.infer<typeof backupSchema>

/** How backups are set up, and whether one is being made. */
export const backupStateSchema = object(() => ({
  place: z.string().nullable().describe('Where the nightly backups go; null when there are none.'),
  isEncrypted: z.boolean(),
  isRunning: z.boolean().describe('Whether a backup is being made now.'),
  nextAt: z.iso.datetime().nullable().describe('When the next one begins.'),
  lastGoodAt: z.iso.datetime().nullable().describe('When the last good backup was made, at any place.'),
})).meta({ id: 'BackupState' })

export type BackupState = z.infer<typeof backupStateSchema>
