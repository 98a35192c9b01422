/** A box of an MP4 or QuickTime file. Its header starts at `from`, and its content spans `body` to `to`. */
export type Box = { kind: string; path: string; from: number; body: number; to: number; depth: number }

/** Boxes that contain other boxes, with the number of bytes of their own that precede these. */
const HOLDERS: Record<string, number> = {
  moov: 0,
  trak: 0,
  mdia: 0,
  minf: 0,
  stbl: 0,
  dinf: 0,
  edts: 0,
  udta: 0,
  mvex: 0,
  moof: 0,
  traf: 0,
  mfra: 0,
  tref: 0,
  ilst: 0,
  dref: 8,
  stsd: 8,
  avc1: 78,
  mp4a: 28,
  mp4v: 78,
}

/**
 * All boxes in file order, parents before children. Stops at a box that claims to be longer than its parent has room
 * for.
 */
export function boxesOf(file: Buffer, from = 0, to = file.length, path = '', depth = 0): Box[] {
  const found: Box[] = []
  for (let at = from; at + 8 <= to; ) {
    const size = file.readUInt32BE(at)
    const head = size === 1 ? 16 : 8
    const end = size === 0 ? to : size === 1 && at + 16 <= to ? at + Number(file.readBigUInt64BE(at + 8)) : at + size
    if (end < at + head || end > to) break
    const kind = file.toString('latin1', at + 4, at + 8)
    const box = { kind, path: `${path}/${kind}`, from: at, body: at + head, to: end, depth }
    const own = HOLDERS[kind]
    found.push(box)
    if (own !== undefined && box.body + own <= end)
      found.push(...boxesOf(file, box.body + own, end, box.path, depth + 1))
    at = end
  }
  return found
}

export function box(kind: string, ...inside: (Uint8Array | string)[]): Buffer {
  const body = Buffer.concat(inside.map((each) => (typeof each === 'string' ? Buffer.from(each, 'latin1') : each)))
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8)
  head.write(kind, 4, 'latin1')
  return Buffer.concat([head, body])
}

/** Replaces a box and adjusts the sizes of the boxes around it. Offsets into the file are not adjusted. */
export function replaced(file: Buffer, { from, to }: Box, by: Uint8Array): Buffer {
  const out = Buffer.concat([file.subarray(0, from), by, file.subarray(to)])
  for (const around of boxesOf(file).filter((each) => each.from < from && each.to >= to && each.body <= from))
    if (file.readUInt32BE(around.from) > 1)
      out.writeUInt32BE(file.readUInt32BE(around.from) + by.length - (to - from), around.from)
  return out
}

/** The box at a path such as `moov/trak`. If there are several, `nth` counts from 0. */
export function boxAt(file: Buffer, path: string, nth = 0): Box {
  const found = boxesOf(file).filter((each) => each.path === `/${path}`)[nth]
  if (!found) throw new Error(`There is no ${path}.`)
  return found
}

/** Appends data to the content of a box. */
export const withMore = (file: Buffer, path: string, ...more: Uint8Array[]) => {
  const at = boxAt(file, path)
  return replaced(file, at, box(at.kind, file.subarray(at.body, at.to), ...more))
}

export const uint32 = (...values: number[]) => {
  const out = Buffer.alloc(values.length * 4)
  for (const [i, value] of values.entries()) out.writeUInt32BE(value >>> 0, i * 4)
  return out
}
