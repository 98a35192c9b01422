import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupPlace } from '../backup-place'
import type { App } from '../context'
import { sizeOf } from '../db/copy'
import { diskSpace } from '../disk'
import { storedByKind } from '../files/stored'
import { measures } from '../measures'
import { type Counts, recordMeasurement, type Sizes } from './model'

/** What this process had counted when it recorded last. */
let recorded = countsNow()

function countsNow(): Counts {
  const { jobs, pushes, mails } = measures
  return {
    jobsDone: jobs.done,
    jobsFailed: jobs.failed,
    pushesSent: pushes.sent,
    pushesFailed: pushes.refused + pushes.dropped,
    mailsSent: mails.accepted,
    mailsFailed: mails.failed,
  }
}

/** Measures what is used now, and records it with what was done since the last time. */
export async function measure(app: App): Promise<void> {
  const sizes = await measureSizes(app)
  const counts = countsNow()
  const since = Object.fromEntries(
    Object.entries(counts).map(([name, n]) => [name, n - recorded[name as keyof Counts]]),
  ) as Counts
  await app.write((tx) => recordMeasurement(tx, sizes, since, app.now()))
  recorded = counts
}

/** Measures what uses the disk. Photos and videos in a bucket are counted as well, although they use none. */
async function measureSizes({ db, config, arrivals }: App): Promise<Sizes> {
  const { size, free } = await diskSpace(config.dataDir)
  let uploads = 0
  for (const id of await arrivals.list()) uploads += (await arrivals.find(id))?.bytes ?? 0
  return {
    diskSize: size,
    diskFree: free,
    ...(await storedByKind(db)),
    rowBytes: await sizeOf(config),
    uploads,
    exports: await folderSize(join(config.dataDir, 'exports')),
    backups: await backupsHere(config.backup, config.dataDir),
  }
}

/** The size of the backups if they are on the same disk, where they use its room. */
async function backupsHere(place: BackupPlace | undefined, dataDir: string): Promise<number> {
  if (!place || !('folder' in place)) return 0
  const [there, here] = [await stat(place.folder).catch(() => null), await stat(dataDir)]
  return there?.dev === here.dev ? folderSize(place.folder) : 0
}

async function folderSize(dir: string): Promise<number> {
  let bytes = 0
  for (const name of await readdir(dir, { recursive: true }).catch(() => [])) {
    const found = await stat(join(dir, name)).catch(() => null)
    if (found?.isFile()) bytes += found.size
  }
  return bytes
}
