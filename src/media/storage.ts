import type { BunFile } from 'bun'

/**
 * Stores the bytes of files: in a folder (`folder-storage.ts`) or in a bucket (`bucket-storage.ts`). Everything that
 * reads, writes or deletes them goes through this.
 */
export interface Storage {
  /**
   * Moves the file at `fromPath` into the storage and replaces an earlier file of the same name. The result survives a
   * power cut.
   */
  put(fileId: number, name: string, fromPath: string): Promise<void>
  /** Opens the bytes of this name. Returns null when there are none. */
  open(fileId: number, name: string): Promise<StoredBytes | null>
  /**
   * Returns a path on this machine where a program can read the bytes, which must not be changed: their own, or
   * `scratch` with a copy of them. A copy that is there completely is not fetched again. Null when there are none.
   */
  pathOf(fileId: number, name: string, scratch: string): Promise<string | null>
  /** Deletes the bytes of this name. It is not an error if there are none. */
  remove(fileId: number, name: string): Promise<void>
  /** Deletes everything that belongs to the file. It is not an error if nothing exists. */
  delete(fileId: number): Promise<void>
  /** Lists everything that is stored, in no particular order. */
  list(): AsyncIterable<StoredFile>
}

export type StoredFile = {
  fileId: number
  name: string
  bytes: number
  /** When it was stored, in milliseconds. */
  changedAt: number
}

/** The bytes of one name in the storage. */
export type StoredBytes = {
  readonly bytes: number
  readonly type: string
  /** Changes with the bytes, and is the same on every node. */
  readonly etag: string
  /**
   * Where the bytes are. The web server sends a file by itself, and parts of it. What is remote is asked for, with the
   * header `Range` if there is one.
   */
  readonly at: { file: BunFile } | { remote: Remote }
  /** Reads the bytes. The stream fails with `ENOENT` when they are deleted meanwhile. */
  stream(): ReadableStream<Uint8Array>
}

export type Remote = {
  /** Returns a copy of the bytes on this machine, if there is one or if it is made quickly. */
  copy(): Promise<Blob | null>
  /** Requests the bytes. The body passes them on as fast as it is read. Null when they are deleted. */
  get(range?: string | null): Promise<Response | null>
}

/** `original`, or the class of a link or `author` followed by the file name of a rendition. */
const NAME = /^(original|(full|preview|author)\/[a-z0-9][a-z0-9_-]*\.[a-z0-9]+)$/

/** Whether the text is a valid storage name. Links may contain any text. */
export const isStoredName = (name: string) => NAME.test(name)

/** Returns the place of a stored file: its id, a slash and its name. Throws for invalid ones, so none leads elsewhere. */
export function placeOf(fileId: number, name?: string): string {
  if (!Number.isSafeInteger(fileId) || fileId < 1) throw new Error(`${fileId} is not a valid file id.`)
  if (name === undefined) return String(fileId)
  if (!NAME.test(name)) throw new Error(`${name} is not a valid storage name.`)
  return `${fileId}/${name}`
}

/** Reads a place that `placeOf` made. Null for anything else. */
export function readPlace(place: string): { fileId: number; name: string } | null {
  const [, id = '', name = ''] = /^([1-9]\d{0,14})\/(.+)$/.exec(place) ?? []
  return NAME.test(name) ? { fileId: Number(id), name } : null
}

/** The media type of stored bytes by the ending of their name. */
export const typeOf = (name: string): string => {
  const ending = name.slice(name.lastIndexOf('.') + 1)
  return TYPES[ending] ?? 'application/octet-stream'
}

const TYPES: Record<string, string> = {
  webp: 'image/webp',
  mp4: 'video/mp4',
  m3u8: 'application/vnd.apple.mpegurl',
  vtt: 'text/vtt; charset=utf-8',
}

/** An entity tag made of the length of stored bytes and the time of their last change in milliseconds. */
export const etagOf = (bytes: number, changedAt: number): string =>
  `"${bytes.toString(36)}-${Math.floor(changedAt).toString(36)}"`

/** The error of a file that is not there, for bytes that are not on a disk. */
export const missing = (place: string) => Object.assign(new Error(`${place} does not exist.`), { code: 'ENOENT' })
