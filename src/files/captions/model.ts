import { eq, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open'
import { touchFile } from '../../db/tell'
import { enqueue } from '../../jobs/queue'
import { captionFile } from '../../media/renditions'
import type { Person } from '../../ports/people'
import { invalidFields, Problem } from '../../problem'
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
  throw invalidFields({ path: 'text', ...FAULTS[cues] })
}

/** Finds a video of the person that is ready for captions. */
export async function findOwnVideo(...given: Parameters<typeof findOwnFile>): Promise<FileRow & { duration: number }> {
  const { duration, ...file } = await findOwnFile(...given)
  if (file.kind !== 'video') throw new Problem('conflict', 'Only videos have subtitles.', { code: 'no_video' })
  if (file.status !== 'ready' || duration === null)
    throw new Problem('conflict', 'This file is not ready yet. Please try again in a moment.', {
      code: 'file_not_ready',
    })
  return { ...file, duration }
}

type Limits = { quota: Quotas; now: Date }

/** Replaces the captions of a language and counts the new ones, or refuses them. */
async function exchange(
  tx: Tx,
  { ownerId, captions: before }: FileRow,
  language: string,
  captions: Captions[string] | null,
  { quota }: Limits,
): Promise<{ all: Captions; old: Captions[string] | undefined }> {
  const { [language]: old, ...others } = before
  const all = captions ? { ...others, [language]: captions } : others
  if (Object.keys(all).length > MOST_LANGUAGES)
    throw new Problem('conflict', 'A video can have subtitles in at most 20 languages. Remove those of one first.', {
      code: 'too_many_languages',
    })
  if (captions) await takeStorage(tx, ownerId, captions.bytes, quota)
  return { all, old }
}

/** How long it may take to store captions. */
const STORING_MS = 10 * 60_000

/**
 * Refuses captions that the video cannot get, before their bytes are stored. A job erases the bytes if the captions are
 * refused later after all, or if the server is killed meanwhile.
 */
export async function expectCaptions(
  tx: Tx,
  me: Pick<Person, 'id'>,
  id: number,
  language: string,
  captions: Captions[string],
  limits: Limits,
): Promise<void> {
  const video = await findOwnVideo(tx, me, id)
  if (video.captions[language]?.sha256 === captions.sha256) return
  await exchange(tx, video, language, captions, limits)
  await countStorage(tx, video.ownerId, -captions.bytes) // they are counted once they are stored
  const name = captionFile(language, captions.sha256)
  await enqueue(tx, 'files.tidy', { fileId: id, name }, new Date(+limits.now + STORING_MS))
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
  limits: Limits,
): Promise<FileRow> {
  const video = await findOwnVideo(tx, me, id)
  if (video.captions[language]?.sha256 === captions?.sha256) return video
  const { all, old } = await exchange(tx, video, language, captions, limits)
  if (old) await countStorage(tx, video.ownerId, -old.bytes)
  const more = (captions?.bytes ?? 0) - (old?.bytes ?? 0)
  const changed = { captions: all, renditionBytes: sql`${files.renditionBytes} + ${more}` }
  const [row] = await tx.update(files).set(changed).where(eq(files.id, id)).returning()
  if (old) await forget(tx, id, { [language]: old }, limits.now)
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
