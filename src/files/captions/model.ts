import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open'
import { touchFile } from '../../db/tell'
import { enqueue } from '../../jobs/queue'
import { captionFile } from '../../media/renditions'
import type { Person } from '../../ports/people'
import { Problem } from '../../problem'
import type { Quotas } from '../../settings/quotas'
import { countStorage, takeStorage } from '../../users/model'
import { findOwnFile, revokeFiles } from '../model'
import { type Captions, type FileRow, files } from '../table'
import { type Fault, readCues, writeCues } from './cues'

const MOST_LANGUAGES = 20

const FAULTS: Record<Fault, { message: string }> = {
  none: { message: 'There are no subtitles in this text. It must be WebVTT or SRT.' },
  times: { message: 'One of the times in these subtitles cannot be read.' },
  order: { message: 'One of these subtitles ends before it begins.' },
  many: { message: 'There are too many subtitles: at most 10,000.' },
}

/** Cleans captions for a video of this length. */
export function cleanCaptions(text: string, seconds: number): string {
  const cues = readCues(text)
  if (typeof cues !== 'string') return writeCues(cues, seconds)
  throw new Problem('invalid', 'Please check what you entered.', { errors: [{ path: 'text', ...FAULTS[cues] }] })
}

/** Finds a video of the person that is ready for captions. */
export async function findOwnVideo(...given: Parameters<typeof findOwnFile>): Promise<FileRow & { duration: number }> {
  const { duration, ...file } = await findOwnFile(...given)
  if (file.kind !== 'video') throw new Problem('conflict', 'Only videos have subtitles.', { code: 'no_video' })
  if (file.status !== 'ready' || duration === null)
    throw new Problem('conflict', 'This file is not ready yet.', { code: 'file_not_ready' })
  return { ...file, duration }
}

/**
 * Gives a video the captions of a language, whose bytes are stored already, or takes them back. Links end when others
 * were replaced, since those may be there because they said too much.
 */
export async function setCaptions(
  tx: Tx,
  me: Pick<Person, 'id'>,
  id: number,
  language: string,
  captions: Captions[string] | null,
  { quota, now }: { quota: Quotas; now: Date },
): Promise<FileRow> {
  const { captions: before, ...file } = await findOwnVideo(tx, me, id)
  const { [language]: old, ...others } = before
  if (old?.sha256 === captions?.sha256) return { ...file, captions: before }
  const all = captions ? { ...others, [language]: captions } : others
  if (Object.keys(all).length > MOST_LANGUAGES)
    throw new Problem('conflict', 'A video can have subtitles in at most 20 languages.', { code: 'too_many_languages' })
  if (captions) await takeStorage(tx, file.ownerId, captions.bytes, quota)
  if (old) await countStorage(tx, file.ownerId, -old.bytes)
  const more = (captions?.bytes ?? 0) - (old?.bytes ?? 0)
  const changed = { captions: all, renditionBytes: sql`${files.renditionBytes} + ${more}` }
  const [row] = await tx.update(files).set(changed).where(eq(files.id, id)).returning()
  if (old) await forget(tx, id, { [language]: old }, now)
  touchFile(tx, row!)
  return row!
}

/** Takes all captions from a video whose times have changed. */
export async function dropCaptions(tx: Tx, { id, ownerId, captions }: FileRow, now: Date): Promise<void> {
  const bytes = Object.values(captions).reduce((sum, each) => sum + each.bytes, 0)
  if (!bytes) return
  await tx
    .update(files)
    .set({ captions: {}, renditionBytes: sql`${files.renditionBytes} - ${bytes}` })
    .where(eq(files.id, id))
  await countStorage(tx, ownerId, -bytes)
  await forget(tx, id, captions, now)
}

async function forget(tx: Tx, fileId: number, captions: Captions, now: Date): Promise<void> {
  await revokeFiles(tx, [fileId], now)
  for (const [language, { sha256 }] of Object.entries(captions))
    await enqueue(tx, 'files.tidy', { fileId, name: captionFile(language, sha256) }, now)
}
