import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../context'
import { findByUpload } from '../files/model'
import { dropUpload } from './adopt'
import { listUploads, uploadsDir } from './folder'
import { UPLOAD_MS } from './receive'

/** Deletes abandoned uploads. Those that already became files are moved by the files' jobs. */
export async function sweepUploads(app: App): Promise<void> {
  for (const id of await listUploads(app)) {
    const file = await findByUpload(app.db, id)
    if (file?.status !== 'processing' && (await ageOf(app, id)) > UPLOAD_MS) await dropUpload(app, id)
  }
}

/** Returns the milliseconds since the last byte arrived; missing uploads count as old. */
async function ageOf(app: App, id: string): Promise<number> {
  const dir = uploadsDir(app)
  const times = await Promise.all(
    [id, `${id}.json`].map((name) =>
      stat(join(dir, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  )
  return +app.now() - Math.max(...times)
}
