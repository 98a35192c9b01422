import type { Readable } from 'node:stream'

/** A run of the bytes of an upload. */
export type Piece = { offset: number; length: number }

/** The size of a piece, which is held in memory until it is stored. */
const PIECE_BYTES = 4 * 1024 ** 2

/** The key of a piece of an upload. `pieceOf` reads it. */
export const pieceKey = (folder: string, { offset, length }: Piece): string =>
  `${folder}${String(offset).padStart(15, '0')}-${length}`

/** Reads a key that `pieceKey` made; null for any other. */
export function pieceOf(key: string): Piece | null {
  const [, offset, length] = /\/(\d{15})-(\d{1,15})$/.exec(key) ?? []
  return offset && length ? { offset: Number(offset), length: Number(length) } : null
}

/**
 * Finds the bytes that have arrived without a gap, and the pieces to read for them with the bytes of each to skip.
 *
 * Pieces may overlap: a request that was cut off may still store its last piece while its client already continues on
 * another node. Both send the same bytes of the same file, so it does not matter which piece a byte is read from, and a
 * late piece can add bytes but never take any away.
 */
export function coverage(pieces: Piece[]): { bytes: number; parts: { piece: Piece; skip: number }[] } {
  const parts: { piece: Piece; skip: number }[] = []
  let bytes = 0
  for (const piece of pieces.toSorted((a, b) => a.offset - b.offset || b.length - a.length)) {
    const end = piece.offset + piece.length
    if (piece.offset > bytes || end <= bytes) continue
    parts.push({ piece, skip: bytes - piece.offset })
    bytes = end
  }
  return { bytes, parts }
}

/**
 * Stores a stream as pieces from `offset` on and returns where they end. When the stream breaks off, what has arrived is
 * stored before the error is thrown, so that its client can go on from there.
 */
export async function putInPieces(
  stream: Readable,
  offset: number,
  put: (piece: Piece, body: Blob) => Promise<void>,
): Promise<number> {
  let at = offset
  let chunks: Uint8Array<ArrayBuffer>[] = []
  let held = 0

  async function flush() {
    if (!held) return
    const piece = { offset: at, length: held }
    const body = new Blob(chunks)
    chunks = []
    held = 0
    await put(piece, body)
    at += piece.length
  }

  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array<ArrayBuffer>>) {
      chunks.push(chunk)
      held += chunk.length
      if (held >= PIECE_BYTES) await flush()
    }
  } catch (error) {
    await flush()
    throw error
  }
  await flush()
  return at
}
