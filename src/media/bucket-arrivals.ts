import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { node } from '../node'
import { toWeb } from '../web-streams'
import type { Arrival, Arrivals, Resuming, UploadRecord } from './arrivals'
import type { Bucket } from './bucket'
import { keyOf, streamOf } from './bucket-storage'
import { coverage, type Piece, pieceKey, pieceOf, putInPieces } from './pieces'
import { etagOf, missing } from './storage'

/** What the keys of uploads begin with. */
const UPLOADS = 'uploads/'

type Found = { pieces: Piece[]; isRecorded: boolean; changedAt: number }

/**
 * Keeps an upload as pieces, the objects `uploads/{uploadId}/{offset}-{length}`, and what the tus protocol says about
 * it as `uploads/{uploadId}/record`. Pieces are never changed, so requests that write the same upload at the same time,
 * on any nodes, cannot harm each other, and no lock is needed: see `coverage`.
 */
export function bucketArrivals(bucket: Bucket): Arrivals & Resuming {
  const folderOf = (uploadId: string) => `${UPLOADS}${uploadId}/`
  const recordKey = (uploadId: string) => `${folderOf(uploadId)}record`

  async function look(uploadId: string): Promise<Found> {
    const found: Found = { pieces: [], isRecorded: false, changedAt: 0 }
    for await (const { key, changedAt } of bucket.list(folderOf(uploadId))) {
      const piece = pieceOf(key)
      if (piece) found.pieces.push(piece)
      else found.isRecorded ||= key === recordKey(uploadId)
      found.changedAt = Math.max(found.changedAt, changedAt)
    }
    return found
  }

  const bytesOf = ({ pieces }: Found) => coverage(pieces).bytes

  async function readRecord(uploadId: string): Promise<UploadRecord | null> {
    const response = await bucket.read(recordKey(uploadId))
    return response && ((await response.json()) as UploadRecord)
  }

  /** Reads the pieces one after another, each from where the one before ended. */
  async function* read(uploadId: string, pieces: Piece[]): AsyncGenerator<Uint8Array> {
    for (const { piece, skip } of coverage(pieces).parts) {
      const response = await bucket.read(pieceKey(folderOf(uploadId), piece), skip ? `bytes=${skip}-` : null)
      if (!response?.body) throw missing(uploadId)
      yield* response.body
    }
  }

  async function drop(uploadId: string) {
    for await (const { key } of bucket.list(folderOf(uploadId))) await bucket.delete(key)
  }

  const putPieces = (uploadId: string, bytes: Readable, offset: number) =>
    putInPieces(bytes, offset, (piece, body) => bucket.put(pieceKey(folderOf(uploadId), piece), body))

  return {
    adoptsLater: true,
    isShared: true,
    async resumable(expiresAfterMs) {
      const { PieceStore } = await import('./piece-store')
      return new PieceStore(this, expiresAfterMs)
    },
    async receive(uploadId, bytes) {
      await putPieces(uploadId, bytes, 0)
    },
    async list(prefix = '') {
      const ids = new Set<string>()
      for await (const { key } of bucket.list(UPLOADS + prefix)) ids.add(key.split('/')[1]!)
      return [...ids]
    },
    async find(uploadId): Promise<Arrival | null> {
      const found = await look(uploadId)
      if (!found.pieces.length && !found.isRecorded) return null
      const record = found.isRecorded ? await readRecord(uploadId) : null
      return { bytes: bytesOf(found), declared: record?.size ?? 0, changedAt: found.changedAt }
    },
    async open(uploadId) {
      const found = await look(uploadId)
      if (!found.pieces.length) return null
      const bytes = bytesOf(found)
      const all = () => toWeb(node.stream.Readable.from(read(uploadId, found.pieces)))
      return {
        bytes,
        type: 'application/octet-stream',
        etag: etagOf(bytes, found.changedAt),
        at: { remote: { copy: async () => null, get: async () => new Response(all()) } },
        stream: () => streamOf(async () => all()),
      }
    },
    async adopt(uploadId, { id, bytes }, scratch) {
      const found = await look(uploadId)
      // A request that was cut off may leave a piece behind after the others were adopted. It must replace nothing.
      if (bytesOf(found) === bytes) {
        await node.stream.promises.pipeline(
          node.stream.Readable.from(read(uploadId, found.pieces)),
          createWriteStream(scratch, { mode: 0o600 }),
        )
        const { size } = await stat(scratch)
        if (size !== bytes) throw new Error(`Only ${size} of ${bytes} bytes of upload ${uploadId} arrived.`)
        await bucket.put(keyOf(id, 'original'), Bun.file(scratch))
      } else if (found.pieces.length && !(await bucket.head(keyOf(id, 'original'))))
        throw new Error(`Upload ${uploadId} is incomplete.`)
      await drop(uploadId)
    },
    drop,
    putPieces,
    readRecord,
    offsetOf: async (uploadId) => bytesOf(await look(uploadId)),
    writeRecord: (uploadId, record) => bucket.put(recordKey(uploadId), JSON.stringify(record)),
  }
}
