import type { App } from '../context'
import type { Tx } from '../db/open'
import { errorCode } from '../error-code'
import { createFile, type FileDraft, findOwnFile, lookUpByUpload } from '../files/model'
import type { FileRow } from '../files/table'
import { once } from '../idempotency/model'
import { BadMedia } from '../media/errors'
import { SNIFF_BYTES, sniff } from '../media/sniff'
import { missing, type StoredBytes } from '../media/storage'
import { Problem } from '../problem'
import { type Authority, writeAs } from '../sessions/authority'
import { quotasOf } from '../settings/quotas'
import { adoptAtOnce, dropUpload } from './adopt'
import { noSuchUpload, reservationsOf, storageFull } from './reservations'

const MB = 1024 ** 2

/** Unfinished uploads are deleted after this time. */
export const UPLOAD_MS = 24 * 3600_000

/** The largest upload in bytes. */
export const maxUploadBytes = ({ settings }: Pick<App, 'settings'>) => settings().maxUploadMb * MB

/** The problem of an upload that is larger than the staff allow. */
export const tooLarge = (app: Pick<App, 'settings'>) =>
  new Problem(
    'too_large',
    'This file is too large: at most {mb} MB are allowed.',
    {},
    { mb: app.settings().maxUploadMb },
  )

/** Turns the error of a full disk into a `Problem`. */
export const orStorageFull = (error: unknown): unknown => (errorCode(error) === 'ENOSPC' ? storageFull() : error)

/** The bytes of one file that have arrived completely. */
export type Arrived = { uploadId: string; name: string; hash?: Bun.CryptoHasher }

/** A call that a client may repeat, and the key by which a repetition is known. */
export type RepeatedCall = { call: string; key: string }

/**
 * Creates the files of one request in one transaction, so that a refusal leaves none of them. `held` names the
 * reservation that the bytes were counted in. The caller moves the bytes afterwards (`adopt`), or deletes them.
 */
export async function acceptUploads(
  app: App,
  owner: Authority,
  arrived: Arrived[],
  held: string,
  repeated?: RepeatedCall,
): Promise<FileRow[]> {
  const drafts: FileDraft[] = []
  for (const each of arrived) drafts.push(await draftOf(app, each))
  const reservations = await reservationsOf(app)
  const body = arrived.map(({ name, hash }) => [name, hash?.digest('hex')])
  const { files, replayed } = await reservations.settle(owner.id, held, () =>
    writeAs(
      app,
      owner,
    )(async (tx) => {
      const work = () => createAll(app, tx, owner, drafts)
      if (!repeated) return { files: await work(), replayed: false }
      const what = { userId: owner.id, ...repeated, body }
      const { result, replayed } = await once(tx, what, app.now(), async () => (await work()).map(({ id }) => id))
      return { files: await findAll(tx, owner, result), replayed }
    }),
  )
  if (replayed) for (const { uploadId } of arrived) await dropUpload(app, uploadId)
  return files
}

async function createAll(app: App, tx: Tx, owner: Authority, drafts: FileDraft[]): Promise<FileRow[]> {
  const made: FileRow[] = []
  for (const draft of drafts)
    made.push(
      (await lookUpByUpload(tx, draft.uploadId!)) ??
        (await createFile(tx, owner, draft, quotasOf(app.settings()), app.now())),
    )
  return made
}

/** The files that a request made, when it is repeated. They may have been deleted since. */
async function findAll(tx: Tx, owner: Authority, ids: number[]): Promise<FileRow[]> {
  const found: FileRow[] = []
  for (const id of ids) found.push(await findOwnFile(tx, owner, id).catch(goneSince))
  return found
}

function goneSince(error: unknown): never {
  if (!(error instanceof Problem)) throw error
  throw new Problem('gone', 'This key belongs to an upload whose file was deleted since. Use another key.')
}

/** The first bytes of a file decide its type. */
export async function draftOf(app: Pick<App, 'arrivals'>, { uploadId, name }: Arrived): Promise<FileDraft> {
  const arrived = await app.arrivals.open(uploadId)
  if (!arrived) throw missing(uploadId)
  const kind = sniff(await head(arrived))
  if (!kind) throw new Problem('unsupported_media', new BadMedia('unsupported').message)
  return { ...kind, uploadId, bytes: arrived.bytes, name: plainName(name) }
}

/**
 * Creates a file from a complete upload. An upload that is refused is deleted. Calling this twice for the same upload
 * creates one file.
 */
export async function acceptUpload(app: App, owner: Authority, uploadId: string, name: string): Promise<FileRow> {
  const before = await lookUpByUpload(app.db, uploadId)
  if (before) return before
  try {
    const [file] = await acceptUploads(app, owner, [{ uploadId, name }], uploadId)
    await adoptAtOnce(app, file!)
    return file!
  } catch (error) {
    if (error instanceof Problem) await dropUpload(app, uploadId)
    if (errorCode(error) !== 'ENOENT') throw error
    // Another request has already made it a file, or cancelled it.
    const made = await lookUpByUpload(app.db, uploadId)
    if (!made) throw noSuchUpload()
    return made
  }
}

/** Characters that change the text direction and could hide the real extension. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Cleans a file name: no folders, no invisible characters, at most 200 characters. */
function plainName(given: string): string {
  const name = given
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '')
    .replace(TURNS, '')
    .trim()
  return /^\.*$/.test(name) ? '' : Array.from(name).slice(0, 200).join('')
}

/** Reads as many bytes as the type can be told from. */
async function head({ stream }: StoredBytes): Promise<Uint8Array> {
  const bytes = new Uint8Array(SNIFF_BYTES)
  let read = 0
  for await (const chunk of stream()) {
    bytes.set(chunk.subarray(0, SNIFF_BYTES - read), read)
    read = Math.min(SNIFF_BYTES, read + chunk.length)
    if (read === SNIFF_BYTES) break // which closes the stream
  }
  return bytes.subarray(0, read)
}
