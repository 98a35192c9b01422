import { parseAccept } from 'hono/utils/accept'
import { node } from '../node'

/** Smaller answers fit into one packet anyway. */
const LEAST_BYTES = 1000

/** Pages, JSON, scripts and styles. Media is compressed already, and event streams must not wait for more text. */
const COMPRESSIBLE = /^(text\/(html|css|plain|javascript)|application\/([\w.-]+\+)?json)\b/

/** The body of an answer. A string is kept as it is where possible, because encoding it takes time. */
export type Text = string | Uint8Array<ArrayBuffer>

type Encoding = { name: string; compress: (body: Text) => Uint8Array }
const brotli = (body: Text) => {
  const { brotliCompressSync, constants } = node.zlib
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })
}

/** The fastest level of each: higher ones take several times as long as making the page, and save a tenth. */
const ENCODINGS: Encoding[] = [
  { name: 'zstd', compress: (body) => Bun.zstdCompressSync(body, { level: 1 }) },
  { name: 'br', compress: brotli },
  { name: 'gzip', compress: (body) => Bun.gzipSync(body, { level: 1 }) },
]

/** `contentType` may have parameters, such as a charset. */
export const isCompressible = (contentType: string): boolean => COMPRESSIBLE.test(contentType)

/** The first of our encodings that the client accepts, if the answer is long enough to be compressed. */
export const encodingFor = (body: Text, accept: string | undefined): Encoding | undefined =>
  body.length >= LEAST_BYTES ? accepted(accept) : undefined

const known = new Map<string, Encoding | undefined>()
const MOST_KNOWN = 100

/** Browsers send the same few texts again and again, so what they mean is remembered. */
function accepted(header = ''): Encoding | undefined {
  if (known.has(header)) return known.get(header)
  const wanted = new Map(parseAccept(header).map(({ type, q }) => [type.toLowerCase(), q]))
  const found = ENCODINGS.find(({ name }) => (wanted.get(name) ?? wanted.get('*') ?? 0) > 0)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(header, found)
  return found
}
