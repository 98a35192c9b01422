/**
 * A film of JPEG images in an AVI file, as Microsoft's "AVI RIFF File Reference" describes it: lists and chunks, each with
 * four letters and its size.
 */
export function aviOf(
  frames: Uint8Array[],
  { width, height, rate }: { width: number; height: number; rate: number },
): Uint8Array {
  const largest = Math.max(...frames.map(({ length }) => length))
  const header = chunk(
    'avih',
    numbers(
      Math.round(1e6 / rate),
      largest * rate,
      0,
      HAS_INDEX,
      frames.length,
      0,
      1,
      largest,
      width,
      height,
      0,
      0,
      0,
      0,
    ),
  )
  const stream = chunk(
    'strh',
    bytes(letters('vids'), letters('MJPG'), numbers(0, 0, 0, 1, rate, 0, frames.length, largest, -1, 0, 0, 0)),
  )
  const format = chunk(
    'strf',
    bytes(numbers(40, width, height, 1 | (24 << 16)), letters('MJPG'), numbers(width * height * 3, 0, 0, 0, 0)),
  )
  const movie = frames.map((frame) => chunk('00dc', frame))
  let place = 4 // counted from the letters "movi"
  const index = frames.map((frame, i) => {
    const entry = bytes(letters('00dc'), numbers(KEY_FRAME, place, frame.length))
    place += movie[i]!.length
    return entry
  })
  return chunk(
    'RIFF',
    bytes(
      letters('AVI '),
      list('hdrl', header, list('strl', stream, format)),
      list('movi', ...movie),
      chunk('idx1', bytes(...index)),
    ),
  )
}

const HAS_INDEX = 0x10
const KEY_FRAME = 0x10

const letters = (text: string) => new TextEncoder().encode(text)
const bytes = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))
const list = (name: string, ...parts: Uint8Array[]) => chunk('LIST', bytes(letters(name), ...parts))

/** Chunks begin at even places. */
const chunk = (name: string, content: Uint8Array) =>
  bytes(letters(name), numbers(content.length), content, new Uint8Array(content.length % 2))

/** Numbers of 32 bits, the lowest byte first. */
function numbers(...values: number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4))
  for (const [i, value] of values.entries()) view.setInt32(i * 4, value, true)
  return new Uint8Array(view.buffer)
}
