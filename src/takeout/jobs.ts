import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../context'
import { diskSpace, isOutOfRoom } from '../disk'
import type { Handler } from '../jobs/handler'
import { log } from '../log'
import { failExport, finishExport, knownExports, lookUpMaking } from '../users/exports/model'
import { exportPlace } from '../users/exports/place'
import { findAccount } from '../users/model'
import { takeoutOf } from './gather'
import { ownFiles } from './originals'
import { library } from './posts'
import { writeZip } from './zip'

const NO_ROOM = {
  message: 'The server has too little room for this file. The staff can export your data to another disk.',
}
const INTERRUPTED = { message: 'Collecting your data was interrupted. Please try again.' }
const DAY_MS = 24 * 3600_000

/** Makes the zip that a person asked for. A server that was killed meanwhile begins anew. */
export const make: Handler<'exports.make'> = {
  async run(app, { payload: { exportId } }, signal) {
    const asked = await lookUpMaking(app.db, exportId)
    if (!asked) return
    const draft = join(app.config.dataDir, 'work', `export-${exportId}.zip`)
    const place = exportPlace(app)
    try {
      const bytes = await write(app, asked.userId, draft, signal)
      if (bytes === null) return await giveUp(app, exportId)
      await place.put(exportId, draft)
      const isWanted = await app.write((tx) => finishExport(tx, exportId, bytes, app.now()))
      if (!isWanted) await place.delete(exportId)
    } catch (error) {
      if (!isOutOfRoom(error)) throw error
      await giveUp(app, exportId)
    } finally {
      await rm(draft, { force: true })
    }
  },
  async died(tx, { payload }, now) {
    await failExport(tx, payload.exportId, INTERRUPTED.message, now)
  },
}

/** Writes the zip and returns its size, or null when the disk has too little room for it. */
async function write(app: App, userId: number, draft: string, signal: AbortSignal): Promise<number | null> {
  const { db, config, settings, now } = app
  const me = await findAccount(db, userId)
  const { free } = await diskSpace(config.dataDir)
  let needed = settings().minFreeMb * 1024 ** 2
  for await (const { bytes } of ownFiles(db, me)) needed += bytes
  for await (const { files } of library(db, me)) for (const { bytes } of files) needed += bytes
  if (needed > free) return null
  await mkdir(join(config.dataDir, 'work'), { recursive: true })
  await rm(draft, { force: true })
  const { siteName, timeZone } = settings()
  return writeZip(draft, takeoutOf({ db, stores: app, siteName, timeZone, now: now() }, me), signal)
}

async function giveUp({ write, now }: App, exportId: number) {
  log.warn('The disk has too little room for an export', { export: exportId })
  await write((tx) => failExport(tx, exportId, NO_ROOM.message, now()))
}

/** Erases the zip of an export. Erasing it twice changes nothing. */
export const erase: Handler<'exports.erase'> = {
  run: (app, { payload }) => exportPlace(app).delete(payload.exportId),
}

/** Deletes zips that no row knows. A server may have been killed between storing one and noting it. */
export async function sweepExports(app: App, signal: AbortSignal): Promise<void> {
  const place = exportPlace(app)
  for await (const { id, changedAt } of place.list()) {
    signal.throwIfAborted()
    const isOld = changedAt < +app.now() - DAY_MS
    if (isOld && !(await knownExports(app.db, [id])).has(id)) await place.delete(id)
  }
}
