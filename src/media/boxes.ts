import { type FileHandle, open } from 'node:fs/promises'

/** Files of the MP4 family, to which HEIC and AVIF belong, consist of boxes, which may contain further boxes. */

const MOST_BOXES = 10_000

/** A box at the top of a file: where it begins and ends, and its content. */
export type Placed = { from: number; until: number; content: DataView }

/** Returns the content of the first box of a kind at the top of a file. Null when it is missing, cut or too large. */
export const findBox = async (path: string, wanted: string, mostBytes: number): Promise<DataView | null> =>
  (await findPlace(path, wanted, mostBytes))?.content ?? null

/** Returns the first box of a kind at the top of a file, with its place. Null when it is missing, cut or too large. */
export async function findPlace(path: string, wanted: string, mostBytes: number): Promise<Placed | null> {
  const file = await open(path)
  try {
    return await find(file, wanted, mostBytes)
  } finally {
    await file.close()
  }
}

async function find(file: FileHandle, wanted: string, mostBytes: number): Promise<Placed | null> {
  const { size: length } = await file.stat()
  let at = 0
  for (let boxes = 0; boxes < MOST_BOXES && at + 8 <= length; boxes++) {
    const head = await read(file, at, Math.min(16, length - at))
    const short = head.getUint32(0)
    const size = short === 0 ? length - at : short === 1 ? Number(head.getBigUint64(8)) : short
    const headBytes = short === 1 ? 16 : 8
    if (size < headBytes) return null
    if (kindAt(head, 4) === wanted)
      return size > mostBytes || at + size > length
        ? null
        : { from: at, until: at + size, content: await read(file, at + headBytes, size - headBytes) }
    at += size
  }
  return null
}

async function read(file: FileHandle, from: number, length: number): Promise<DataView> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
  return new DataView(buffer.buffer, buffer.byteOffset, bytesRead)
}

/** The four letters at a position, as boxes and codecs are named. */
export const kindAt = (view: DataView, at: number) =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))

/** The content of each box inside another one. */
export function* inside(view: DataView, from = 0): Generator<[kind: string, content: DataView]> {
  for (let at = from; at + 8 <= view.byteLength; ) {
    const short = view.getUint32(at)
    const size = short === 0 ? view.byteLength - at : short === 1 ? Number(view.getBigUint64(at + 8)) : short
    const head = short === 1 ? 16 : 8
    if (size < head || at + size > view.byteLength) return
    yield [kindAt(view, at + 4), new DataView(view.buffer, view.byteOffset + at + head, size - head)]
    at += size
  }
}

/** The content of the first box at a path such as `mdia`, `mdhd`. */
export function child(view: DataView, ...path: string[]): DataView | undefined {
  const [kind, ...rest] = path
  for (const [found, content] of inside(view))
    if (found === kind) return rest.length ? child(content, ...rest) : content
}
