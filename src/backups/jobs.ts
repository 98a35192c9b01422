import { nameOfPlace } from '../backup-place'
import type { App } from '../context'
import type { Tx } from '../db/open'
import type { Handler } from '../jobs/handler'
import { enqueueOnce, postpone } from '../jobs/queue'
import { log } from '../log'
import { NOTES } from '../notifications/notes'
import { tellAdministrators } from '../notifications/staff'
import { BACKUP_JOB, lastBackups, recordBackup } from './model'
import { nextNight } from './night'

/** A failed backup is tried again after this time. */
const RETRY_MS = 3600_000
/** A backup that is older than this is overdue, for example because the server was off at night. */
const OVERDUE_MS = 25 * 3600_000

/** Makes a backup every night, tries again every hour when it fails, and tells the administrators. */
export const make: Handler<'backups.make'> = {
  attempts: 1000, // a server that is stopped again and again while it makes a backup must not end the backups for good
  async run(app, job, signal) {
    const { config, write, now, settings } = app
    if (!config.backup) return
    const start = now()
    const end = await app.makeBackup(signal)
    signal.throwIfAborted()
    const at = now()
    const place = nameOfPlace(config.backup)
    await write(async (tx) => {
      if (end.error !== null) await tellOnce(tx, at)
      await recordBackup(tx, { at, tookMs: +at - +start, place, ...end })
      await postpone(tx, job, end.error === null ? nextNight(at, settings().timeZone) : new Date(+at + RETRY_MS))
    })
    if (end.error === null)
      log.info('Backup made', { place, files: end.files, bytes: end.bytes, newBytes: end.newBytes })
    else log.error('Backup failed', { place, reason: end.error })
  },
}

/** Tells the administrators of the first failure after a good backup, and then once a day. */
async function tellOnce(tx: Tx, at: Date) {
  const { last } = await lastBackups(tx)
  const isFirst = !last || last.error === null || dayOf(last.at) !== dayOf(at)
  if (isFirst) await tellAdministrators(tx, null, NOTES.backupFailed, at)
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10)

/** Schedules the next backup when the server starts: for the next night, or now if the last one is overdue. */
export async function scheduleBackups({ config, db, write, now, settings }: App): Promise<void> {
  if (!config.backup) return
  const { good } = await lastBackups(db)
  const at = now()
  const isDue = !good || +good.at < +at - OVERDUE_MS
  await write((tx) => enqueueOnce(tx, 'backups.make', BACKUP_JOB, {}, isDue ? at : nextNight(at, settings().timeZone)))
}
