import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Context } from 'hono'
import type { Env } from '../context'
import type { FileRow } from '../files/table'
import { viewer } from '../http/viewer'
import { Problem } from '../problem'
import { dropUpload, uploadsDir } from './adopt'
import { type Came, counted, receiving } from './patience'
import { acceptUpload, checkRoom, maxUploadBytes, newUploadId, orStorageFull, tooLarge } from './receive'

/** One request brings at most as many files as one post holds. */
const MOST_FILES = 20
const noFile = () =>
  new Problem('invalid', 'Choose a file to upload.', {
    errors: [{ path: 'file', message: 'Choose a file to upload.' }],
  })

type Part = { uploadId: string; name: string; written: Promise<void>; cut: () => boolean }

/** The files of a multipart form, streamed to the disk as they come, never held in memory. */
export async function receiveFiles(c: Context<Env>): Promise<FileRow[]> {
  const { files } = await receiveForm(c)
  if (!files.length) throw noFile()
  return files
}

/** The same with what is written beside them, and perhaps without any. */
export async function receiveForm(c: Context<Env>): Promise<{ files: FileRow[]; texts: Map<string, string> }> {
  const { app } = c.var
  const me = viewer(c)
  const type = c.req.header('content-type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type))
    throw new Problem('unsupported_media', 'Send the file as multipart/form-data.')
  await checkRoom(app, me, announced(c))
  await mkdir(uploadsDir(app), { recursive: true })
  const parts: Part[] = []
  const texts = new Map<string, string>()
  try {
    await receiving(c, (came) => readParts(c, type, { parts, texts }, came))
    if (parts.some(({ cut }) => cut())) throw tooLarge(app)
    const files: FileRow[] = []
    for (const { uploadId, name } of parts) files.push(await acceptUpload(app, me, uploadId, name))
    return { files, texts }
  } catch (error) {
    for (const { uploadId } of parts) await dropUpload(app, uploadId)
    throw orStorageFull(error)
  }
}

/** The body is a little larger than the file in it; what is announced as much larger is not read at all. */
const announced = (c: Context) => Math.max(0, Number(c.req.header('content-length') ?? 0) - 64 * 1024)

async function readParts(
  c: Context<Env>,
  type: string,
  { parts, texts }: { parts: Part[]; texts: Map<string, string> },
  came: Came,
) {
  const { Busboy } = await import('@fastify/busboy')
  const { app } = c.var
  const me = viewer(c)
  const body = c.req.raw.body
  if (!body) throw noFile()
  const limits = {
    files: MOST_FILES,
    fileSize: maxUploadBytes(app),
    fields: 50,
    fieldSize: 10_000,
    parts: MOST_FILES + 50,
  }
  const parser = attempt(() => new Busboy({ headers: { 'content-type': type }, limits }))
  parser.on('field', (name, text) => void texts.set(name, text))
  parser.on('file', (_field, stream, name) => {
    if (!name) return stream.resume() // an empty file field of a browser
    const uploadId = newUploadId(me)
    const written = pipeline(stream, createWriteStream(join(uploadsDir(app), uploadId)))
    written.catch((error) => parser.destroy(error))
    parts.push({ uploadId, name, written, cut: () => stream.truncated })
  })
  await pipeline(counted(Readable.fromWeb(body as never), came), parser).catch(unreadable)
  await Promise.all(parts.map(({ written }) => written))
}

/** A boundary that is missing or endless is found here. */
function attempt<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    return unreadable(error as Error)
  }
}

function unreadable(error: NodeJS.ErrnoException): never {
  if (error.code) throw error // the disk's, not the form's
  throw new Problem('unreadable', 'The upload was interrupted, or the form is not valid.')
}
