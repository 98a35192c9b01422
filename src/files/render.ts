import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../context'
import { isSameCut } from '../media/edit'
import { sha256OfStream } from '../media/hash'
import { namesOfLevels } from '../media/ladder/levels'
import {
  COVER_RENDITIONS,
  IMAGE_RENDITIONS,
  type Rendition,
  type RenditionName,
  renditionFile,
  storedFile,
  VIDEO_RENDITIONS,
} from '../media/renditions'
import { adopt } from '../uploads/adopt'
import type { Processed } from './processed'
import type { FileRow } from './table'

export type Asking = { signal: AbortSignal; onProgress: (progress: number) => void }

type Renditions = Record<string, Rendition>
type Task = { input: string; output: string }

/** Makes the renditions of a photo and stores them. */
export async function makeImage(app: App, file: FileRow, asking: Asking): Promise<Processed> {
  const { edit } = file
  const made = await render(app, file, [...IMAGE_RENDITIONS, 'uncut'], (task) =>
    app.mediaWorker.image({ ...task, edit }, asking),
  )
  const { width, height, placeholder, sha256, renditions, note, original } = made
  const madeFrom = { ...original, duration: null, edit }
  return { width, height, duration: null, placeholder, sha256, renditions, madeFrom, note }
}

/** Makes the renditions of a video and stores them. When only its cover changes, the video is not made again. */
export async function makeVideo(app: App, file: FileRow, asking: Asking): Promise<Processed> {
  const cover = await makeCover(app, file, asking)
  if (cover) return cover
  const { edit } = file
  const made = await render(app, file, VIDEO_RENDITIONS, (task) => app.mediaWorker.video({ ...task, edit }, asking))
  const { width, height, duration, placeholder, sha256, renditions, note, original } = made
  // the length of some recordings is known only when all of it has been converted
  const madeFrom = { ...original, duration: original.duration ?? file.madeFrom?.duration ?? duration, edit }
  return { width, height, duration, placeholder, sha256, renditions, madeFrom, note }
}

async function makeCover(app: App, file: FileRow, asking: Asking): Promise<Processed | null> {
  const { edit, madeFrom, width, height, duration, sha256 } = file
  const { mp4 } = file.renditions
  if (!mp4 || !madeFrom || !isSameCut(madeFrom.edit, edit)) return null
  // a job that was interrupted may have stored a video that was made for another edit
  const stored = await app.storage.open(file.id, renditionFile('mp4'))
  if (!stored || (await sha256OfStream(stored)) !== mp4.sha256) return null
  const made = await render(app, file, COVER_RENDITIONS, (task) =>
    app.mediaWorker.video({ ...task, edit, only: 'cover' }, asking),
  )
  const renditions = { ...file.renditions, ...made.renditions, mp4 }
  return { width, height, duration, sha256, placeholder: made.placeholder, renditions, madeFrom: { ...madeFrom, edit } }
}

/** Makes the other qualities of a video from its MP4, and stores them. Empty when none would help. */
export async function makeLadder(app: App, file: FileRow, asking: Asking): Promise<Renditions> {
  const { renditions } = await inWorkFolder(app, file, renditionFile('mp4'), async (task) => {
    const made = await app.mediaWorker.video({ ...task, only: 'ladder' }, asking)
    for (const name of placesOf(made.renditions)) await app.storage.put(file.id, name, join(task.output, name))
    return made
  })
  return renditions
}

/** Deletes everything that may have been made of the MP4 of a video, also by a job that was interrupted. */
export async function removeLadder({ storage }: App, { id, renditions }: FileRow): Promise<void> {
  for (const name of renditions.mp4 ? namesOfLevels(renditions.mp4) : []) await storage.remove(id, renditionFile(name))
}

/**
 * Lets the media worker make the renditions with these names, and stores those that it made. What an earlier edit has
 * left under the other names is deleted, since it may show what the author has cut away.
 */
async function render<M extends { renditions: Renditions }>(
  app: App,
  file: FileRow,
  names: readonly RenditionName[],
  make: (task: Task) => Promise<M>,
): Promise<M> {
  const { storage } = app
  const isWhole = names.includes('mp4') || file.kind === 'image'
  return inWorkFolder(app, file, isWhole ? 'original' : renditionFile('mp4'), async (task) => {
    const made = await make(task)
    const stored = new Set(placesOf(made.renditions))
    for (const name of stored) await storage.put(file.id, name, join(task.output, name))
    if (file.madeFrom || Object.keys(file.edit).length)
      for (const name of names.map(renditionFile)) if (!stored.has(name)) await storage.remove(file.id, name)
    if (isWhole) await removeLadder(app, file)
    return made
  })
}

/** Calls `use` with a folder for its results, and with the path of stored bytes, brought to this machine if necessary. */
async function inWorkFolder<T>(app: App, file: FileRow, source: string, use: (task: Task) => Promise<T>): Promise<T> {
  const output = join(app.config.dataDir, 'work', String(file.id))
  await rm(output, { recursive: true, force: true })
  await mkdir(output, { recursive: true })
  try {
    const scratch = join(output, 'original')
    await adopt(app, file, scratch)
    const input = await app.storage.pathOf(file.id, source, scratch)
    if (!input) throw new Error(`The ${source} of file ${file.id} is missing.`)
    return await use({ input, output })
  } finally {
    await rm(output, { recursive: true, force: true })
  }
}

const placesOf = (renditions: Renditions) =>
  Object.entries(renditions).map(([name, rendition]) => storedFile(name as RenditionName, rendition))
