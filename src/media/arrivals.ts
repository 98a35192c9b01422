import type { Readable } from 'node:stream'
import type { DataStore } from '@tus/server'
import type { StoredBytes } from './storage'

/**
 * Stores the bytes of uploads until they become the originals of files: in a folder (`folder-arrivals.ts`) or in a
 * bucket (`bucket-arrivals.ts`), where any node can continue an upload that another node began.
 */
export interface Arrivals {
  /** The store for the library that speaks the tus protocol. */
  resumable(expiresAfterMs: number): Promise<DataStore>
  /** Receives the bytes of an upload in one request. When this fails, `drop` removes what arrived. */
  receive(uploadId: string, bytes: Readable): Promise<void>
  /** The ids of all uploads, or of those whose id begins with `prefix`, finished or not. */
  list(prefix?: string): Promise<string[]>
  /** Null when nothing of the upload is there. */
  find(uploadId: string): Promise<Arrival | null>
  /** Opens the bytes that arrived. Null when there are none. */
  open(uploadId: string): Promise<StoredBytes | null>
  /**
   * Makes the bytes that arrived the original of the file. Does nothing when they are gone, since this may run twice.
   * `scratch` is a path for a copy, which is left there (see `Storage.pathOf`).
   */
  adopt(uploadId: string, file: { id: number; bytes: number }, scratch: string): Promise<void>
  /** Whether adopting takes so long that it is left to the job which processes the file. */
  readonly adoptsLater: boolean
  /** Whether uploads continue on other nodes, and use no room on this disk. */
  readonly isShared: boolean
  drop(uploadId: string): Promise<void>
}

export type Arrival = {
  bytes: number
  /** The size that the client announced; 0 when it did not. */
  declared: number
  /** When the last bytes arrived, in milliseconds. */
  changedAt: number
}

/** What a tus upload is: kept beside its pieces, so that every node can go on with it. */
export type UploadRecord = { size?: number; metadata?: Record<string, string | null>; createdAt: string }

/** What the tus protocol needs of uploads in a bucket. */
export type Resuming = {
  writeRecord(uploadId: string, record: UploadRecord): Promise<void>
  readRecord(uploadId: string): Promise<UploadRecord | null>
  /** How many bytes have arrived. */
  offsetOf(uploadId: string): Promise<number>
  /** Stores bytes from `offset` on, and returns where they end. What arrived before an error is stored, too. */
  putPieces(uploadId: string, bytes: Readable, offset: number): Promise<number>
  drop(uploadId: string): Promise<void>
}
