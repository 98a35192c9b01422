import { child, findBox, inside } from './boxes'

/** The list of pictures in a HEIC or AVIF file takes about 30 bytes for each tile. */
const MOST_BYTES = 16 * 1024 ** 2

/** What the index of a HEIC or AVIF file says about its main picture. */
export type Heif = {
  /** The contents of the properties of the main picture by kind, such as `colr`, `irot` and `imir`. */
  properties: [kind: string, content: DataView][]
  /** How many pictures, tiles and other items the file contains. */
  items: number
}

/** Reads the index of a HEIC or AVIF file. Returns null when there is none that can be read. */
export async function readHeif(path: string): Promise<Heif | null> {
  try {
    const meta = await findBox(path, 'meta', MOST_BYTES)
    return meta && heifOf(new DataView(meta.buffer, meta.byteOffset + 4, meta.byteLength - 4))
  } catch (error) {
    if (error instanceof RangeError) return null // a box ends before its last field
    throw error
  }
}

function heifOf(meta: DataView): Heif | null {
  const main = child(meta, 'pitm')
  const listed = child(meta, 'iprp', 'ipco')
  const associated = child(meta, 'iprp', 'ipma')
  if (!main || !listed || !associated) return null
  const id = main.getUint8(0) === 0 ? main.getUint16(4) : main.getUint32(4)
  const all = [...inside(listed)]
  const of = (item: number) => propertiesOf(associated, item).flatMap((at) => (all[at - 1] ? [all[at - 1]!] : []))
  const own = of(id)
  // the colours of a picture that is put together from tiles may be stated only for the tiles
  const tile = own.some(([kind]) => kind === 'colr') ? undefined : firstTile(meta, id)
  const items = child(meta, 'iinf')
  const count = items ? (items.getUint8(0) === 0 ? items.getUint16(4) : items.getUint32(4)) : 0
  const properties = tile === undefined ? own : [...own, ...of(tile).filter(([kind]) => kind === 'colr')]
  return { properties, items: count }
}

/** The places of an item's properties in the list, which count from 1. */
function propertiesOf(associated: DataView, item: number): number[] {
  const [version, isLong] = [associated.getUint8(0), (associated.getUint8(3) & 1) === 1]
  let at = 8
  for (let left = associated.getUint32(4); left > 0; left--) {
    const id = version === 0 ? associated.getUint16(at) : associated.getUint32(at)
    at += version === 0 ? 2 : 4
    const count = associated.getUint8(at)
    at += 1
    const bytes = isLong ? 2 : 1
    if (id === item)
      return Array.from({ length: count }, (_, i) =>
        isLong ? associated.getUint16(at + i * 2) & 0x7fff : associated.getUint8(at + i) & 0x7f,
      )
    at += count * bytes
  }
  return []
}

function firstTile(meta: DataView, item: number): number | undefined {
  const references = child(meta, 'iref')
  if (!references) return undefined
  const isLong = references.getUint8(0) === 1
  const id = (view: DataView, at: number) => (isLong ? view.getUint32(at) : view.getUint16(at))
  for (const [kind, reference] of inside(references, 4))
    if (kind === 'dimg' && id(reference, 0) === item) return id(reference, isLong ? 6 : 4)
}
