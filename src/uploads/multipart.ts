import type { Readable } from 'node:stream'
import type { Context } from 'hono'
import type { Env } from '../context'
import type { FileRow } from '../files/table'
import { refuseEncoded } from '../http/text'
import { viewer } from '../http/viewer'
import { hashing } from '../media/hash'
import { node } from '../node'
import { fieldProblem, Problem } from '../problem'
import { fromWeb } from '../web-streams'
import { adoptAtOnce, dropUpload } from './adopt'
import { newUploadId } from './ids'
import { type Came, counted, receiving } from './patience'
import { type Arrived, acceptUploads, maxUploadBytes, orStorageFull, type RepeatedCall, tooLarge } from './receive'
import { type Reservations, reservationsOf } from './reservations'

/** The number of files per request, which is also the number of files per post. */
const MOST_FILES = 20
const noFile = () => fieldProblem('invalid', { path: 'file', message: 'Choose a file to upload.' })

/** One file of the form. `cut` says whether it was longer than a file may be. */
type Part = Arrived & { stream: Readable; written: Promise<void>; cut: () => boolean }
type Form = { parts: Part[]; texts: Map<string, string>; once: RepeatedCall | undefined }

/** Where the bytes of one form are counted: its reservation, and the time that the connection may take. */
type Counts = { id: string; reservations: Reservations; came: Came }

/**
 * Streams the files of a multipart form to the disk, without holding them in memory. `repeatable` names a call that a
 * client may repeat with the same `Idempotency-Key`.
 */
export async function receiveFiles(c: Context<Env>, repeatable?: string): Promise<FileRow[]> {
  const { files } = await receiveForm(c, repeatable)
  if (!files.length) throw noFile()
  return files
}

/**
 * Receives the files and text fields of a multipart form, which may contain no file at all. Each file counts towards
 * the hourly limit, and a form without files counts once. If anything is refused, nothing of the request is kept.
 */
export async function receiveForm(
  c: Context<Env>,
  repeatable?: string,
): Promise<{ files: FileRow[]; texts: Map<string, string> }> {
  const { app } = c.var
  const me = viewer(c)
  await app.limits.take('uploads', me.id)
  const type = c.req.header('content-type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type))
    throw new Problem('unsupported_media', 'Send the file as multipart/form-data.')
  refuseEncoded(c)
  if (announced(c) > maxUploadBytes(app)) throw tooLarge(app)
  const reservations = await reservationsOf(app)
  const id = newUploadId(me)
  await reservations.announce(me.id, id, announced(c))
  const key = repeatable && c.req.header('idempotency-key')
  const form: Form = { parts: [], texts: new Map(), once: key ? { call: repeatable, key } : undefined }
  const files = await receiveParts(c, type, form, { id, reservations }).catch(async (error) => {
    for (const { stream } of form.parts) stream.destroy()
    await Promise.allSettled(form.parts.map(({ written }) => written))
    for (const { uploadId } of form.parts) await dropUpload(app, uploadId)
    reservations.release(id)
    throw orStorageFull(error)
  })
  for (const file of files) await adoptAtOnce(app, file)
  return { files, texts: form.texts }
}

async function receiveParts(c: Context<Env>, type: string, form: Form, at: Omit<Counts, 'came'>): Promise<FileRow[]> {
  const { app } = c.var
  await receiving(c, (came) => readParts(c, type, form, { ...at, came }))
  if (form.parts.some(({ cut }) => cut())) throw tooLarge(app)
  return acceptUploads(app, viewer(c), form.parts, at.id, form.once)
}

/**
 * Estimates the size of the file from the length of the body, which is slightly larger. A body that is announced as too
 * large is not read at all.
 */
const announced = (c: Context) => Math.max(0, Number(c.req.header('content-length') ?? 0) - 64 * 1024)

async function readParts(
  c: Context<Env>,
  type: string,
  { parts, texts, once }: Form,
  { id, reservations, came }: Counts,
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
    if (!name) return stream.resume() // A browser sends an empty file field this way.
    const uploadId = newUploadId(me)
    const hash = once && new Bun.CryptoHasher('sha256')
    const write = () =>
      app.arrivals.receive(
        uploadId,
        reservations.meter(id, hash ? node.stream.Readable.from(hashing(stream, hash)) : stream),
      )
    const written = parts.length ? app.limits.take('uploads', me.id).then(write) : write()
    written.catch((error) => parser.destroy(error))
    parts.push({ uploadId, name, stream, written, cut: () => stream.truncated, ...(hash && { hash }) })
  })
  await node.stream.promises.pipeline(counted(fromWeb(body), came), parser).catch(unreadable)
  await Promise.all(parts.map(({ written }) => written))
}

/** Turns the error for a missing or overlong boundary into a `Problem`. */
function attempt<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    return unreadable(error as Error)
  }
}

function unreadable(error: NodeJS.ErrnoException): never {
  if (error instanceof Problem || error.code) throw error // The disk or a limit is the reason, not the form.
  throw new Problem('unreadable', 'The upload was interrupted or is not a valid form. Please try again.')
}
