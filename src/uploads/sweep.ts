import type { App } from '../context'
import { lookUpByUpload } from '../files/model'
import { dropUpload } from './adopt'
import { sweepUnverified } from './checksum'
import { UPLOAD_MS } from './receive'

/** Deletes abandoned uploads. Those that already became files are moved by the files' jobs. */
export async function sweepUploads(app: App): Promise<void> {
  await sweepUnverified(app.config)
  for (const id of await app.arrivals.list()) {
    const file = await lookUpByUpload(app.db, id)
    if (file?.status !== 'processing' && (await ageOf(app, id)) > UPLOAD_MS) await dropUpload(app, id)
  }
}

/** Returns the milliseconds since the last byte arrived; missing uploads count as old. */
const ageOf = async (app: App, id: string): Promise<number> =>
  +app.now() - ((await app.arrivals.find(id))?.changedAt ?? 0)
