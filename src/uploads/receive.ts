import { open, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../context'
import { createFile, findByUpload } from '../files/model'
import type { FileRow } from '../files/table'
import { BadMedia } from '../media/errors'
import { SNIFF_BYTES, sniff } from '../media/sniff'
import type { Account } from '../ports/people'
import { Problem } from '../problem'
import { type Authority, writeAs } from '../sessions/authority'
import { quotaExceeded } from '../users/model'
import { adopt, dropUpload, listUploads, uploadsDir } from './adopt'

const MB = 1024 ** 2

/** Unfinished uploads are deleted after this time. */
export const UPLOAD_MS = 24 * 3600_000

/** Creates an upload id that contains its owner, so that nobody else can use it. */
export const newUploadId = (owner: Pick<Account, 'id'>) => `${owner.id}-${crypto.randomUUID()}`
export const isUploadOf = (owner: Pick<Account, 'id'>, uploadId: string) => uploadId.startsWith(`${owner.id}-`)

export const maxUploadBytes = ({ settings }: Pick<App, 'settings'>) => settings().maxUploadMb * MB
const quotaBytes = ({ settings }: Pick<App, 'settings'>) => settings().quotaMb * MB

export const tooLarge = (app: Pick<App, 'settings'>) =>
  new Problem(
    'too_large',
    'This file is too large: at most {mb} MB are allowed.',
    {},
    { mb: app.settings().maxUploadMb },
  )

/** Checks the size, the quota and the disk before a byte is read. `bytes` is the announced size, if there is one. */
export async function checkRoom(app: App, owner: Account, bytes = 0): Promise<void> {
  if (bytes > maxUploadBytes(app)) throw tooLarge(app)
  if (owner.storageUsed + (await unfinishedBytes(app, owner)) + bytes > quotaBytes(app)) throw quotaExceeded()
  if ((await freeBytes(app)) - bytes < app.settings().minFreeMb * MB) throw storageFull()
}

/** Counts the bytes of unfinished uploads, which take space as well. */
async function unfinishedBytes(app: App, owner: Pick<Account, 'id'>): Promise<number> {
  const ids = (await listUploads(app)).filter((id) => isUploadOf(owner, id))
  const sizes = ids.map((id) =>
    stat(join(uploadsDir(app), id)).then(
      ({ size }) => size,
      () => 0,
    ),
  )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

async function freeBytes({ config }: App): Promise<number> {
  const { bavail, bsize } = await statfs(config.dataDir)
  return bavail * bsize
}

export const isDiskFull = async (app: App) => (await freeBytes(app)) < MB

export const noSuchUpload = () => new Problem('not_found', 'This upload does not exist or has expired. Start it again.')

export const storageFull = () =>
  new Problem('storage_full', 'The disk of this server is full. Nothing is lost; please tell the staff.')

/** Turns the error of a full disk into a `Problem`. */
export const orStorageFull = (error: unknown): unknown =>
  (error as NodeJS.ErrnoException).code === 'ENOSPC' ? storageFull() : error

/**
 * Creates a file from a complete upload. Its first bytes decide its type; an unsupported upload is deleted. Calling
 * this twice for the same upload creates one file.
 */
export async function acceptUpload(app: App, owner: Authority, uploadId: string, name: string): Promise<FileRow> {
  const before = await findByUpload(app.db, uploadId)
  if (before) return before
  const path = join(uploadsDir(app), uploadId)
  try {
    const { size: bytes } = await stat(path)
    const kind = sniff(await head(path))
    if (!kind) throw new Problem('unsupported_media', new BadMedia('unsupported').message)
    const draft = { ...kind, uploadId, bytes, name: plainName(name) }
    const file = await writeAs(
      app,
      owner,
    )(async (tx) => (await findByUpload(tx, uploadId)) ?? createFile(tx, owner, draft, quotaBytes(app), app.now()))
    await adopt(app, file)
    return file
  } catch (error) {
    if (error instanceof Problem) await dropUpload(app, uploadId)
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    // Another request has already made it a file, or cancelled it.
    const made = await findByUpload(app.db, uploadId)
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

async function head(path: string): Promise<Uint8Array> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(SNIFF_BYTES), 0, SNIFF_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
