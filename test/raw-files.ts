/** An entry of a directory: its tag, and its values, which are all 32 bits long. */
type Entry = [tag: number, ...values: number[]]

const ENTRY_BYTES = 12
const LONG = 4

function directory(entries: Entry[], at: number): Buffer {
  const sorted = [...entries].sort(([a], [b]) => a - b)
  const lists = at + 2 + sorted.length * ENTRY_BYTES + 4
  const behind: Buffer[] = []
  const head = Buffer.alloc(2 + sorted.length * ENTRY_BYTES + 4)
  head.writeUInt16LE(sorted.length)
  for (const [i, [tag, ...values]] of sorted.entries()) {
    const from = 2 + i * ENTRY_BYTES
    head.writeUInt16LE(tag, from)
    head.writeUInt16LE(LONG, from + 2)
    head.writeUInt32LE(values.length, from + 4)
    const list = Buffer.alloc(values.length * 4)
    for (const [j, value] of values.entries()) list.writeUInt32LE(value, j * 4)
    const isHere = values.length === 1
    head.writeUInt32LE(isHere ? values[0]! : lists + behind.reduce((sum, { length }) => sum + length, 0), from + 8)
    if (!isHere) behind.push(list)
  }
  return Buffer.concat([head, ...behind])
}

type Raw = {
  /** The JPEG that is the value of two tags of the first directory. */
  thumbnail: Uint8Array
  /** The JPEG that is the only strip of a picture inside of the first directory. */
  preview?: Uint8Array
  orientation?: number
  /** Whether it says that it is a DNG. */
  isDng?: boolean
}

/** A raw file as many cameras write it: directories of TIFF for a thumbnail, a preview and the data of the sensor. */
export function rawFile({ thumbnail, preview, orientation = 1, isDng = false }: Raw): Buffer {
  const parts: Buffer[] = [Buffer.from('II*\0\0\0\0\0', 'latin1')]
  const end = () => parts.reduce((sum, { length }) => sum + length, 0)
  const add = (bytes: Uint8Array) => {
    const at = end()
    parts.push(Buffer.from(bytes))
    return at
  }
  const addDirectory = (...entries: Entry[]) => add(directory(entries, end()))
  const sensor = Buffer.alloc(4096, 0x5a)
  const sensorAt = add(sensor)
  const inside = [addDirectory([256, 64], [257, 64], [259, 1], [262, 32803], [273, sensorAt], [279, sensor.length])]
  if (preview) {
    const at = add(preview)
    inside.push(addDirectory([259, 7], [262, 6], [273, at], [279, preview.length]))
  }
  const thumbnailAt = add(thumbnail)
  const first = addDirectory(
    ...([
      [274, orientation],
      [330, ...inside],
      [513, thumbnailAt],
      [514, thumbnail.length],
    ] as Entry[]),
    ...(isDng ? ([[50706, 0x0401]] as Entry[]) : []),
  )
  const file = Buffer.concat(parts)
  file.writeUInt32LE(first, 4)
  return file
}

/** The beginning of a Fujifilm raw file with its preview. */
export function rafFile(preview: Uint8Array): Buffer {
  const head = Buffer.alloc(160)
  head.write('FUJIFILMCCD-RAW 0201', 'latin1')
  head.writeUInt32BE(head.length, 84)
  head.writeUInt32BE(preview.length, 88)
  return Buffer.concat([head, preview])
}
