import type { BackupJson } from '../../shapes/backups'
import type { BackupRow } from './model'

export const backupJson = ({ id, at, tookMs, place, error, files, bytes, newBytes }: BackupRow): BackupJson => ({
  id,
  at: at.toISOString(),
  seconds: Math.round(tookMs / 1000),
  place,
  error,
  files,
  bytes,
  newBytes,
})
