import { brotliCompressSync, constants } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import { parseAccept } from 'hono/utils/accept'
import type { Env } from '../context'

/** Smaller answers fit into one packet anyway. */
const LEAST_BYTES = 1000

/** Pages, JSON, scripts and styles. Media is compressed already, and event streams must not wait for more text. */
const COMPRESSIBLE = /^(text\/(html|css|plain|javascript)|application\/([\w.-]+\+)?json)\b/

/** The fastest level of each: higher ones take several times as long as making the page, and save a tenth. */
const ENCODINGS: [name: string, compress: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array][] = [
  ['zstd', (bytes) => Bun.zstdCompressSync(bytes, { level: 1 })],
  ['br', (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ['gzip', (bytes) => Bun.gzipSync(bytes, { level: 1 })],
]

/** Compresses an answer in the first of our encodings that the client accepts. */
export const compress: MiddlewareHandler<Env> = async (c, next) => {
  await next()
  const { res } = c
  if (!res.body || !COMPRESSIBLE.test(res.headers.get('content-type') ?? '') || res.headers.has('content-encoding'))
    return
  const headers = new Headers(res.headers)
  headers.append('vary', 'Accept-Encoding')
  const encoding = accepted(c.req.header('accept-encoding'))
  const bytes = new Uint8Array(await res.arrayBuffer())
  const packed: Uint8Array = encoding && bytes.length >= LEAST_BYTES ? encoding[1](bytes) : bytes
  if (packed !== bytes) headers.set('content-encoding', encoding![0])
  headers.set('content-length', String(packed.length)) // also for HEAD, whose answer has no body to measure
  c.res = undefined // else Hono copies the headers of the answer before into this one
  c.res = new Response(packed as Uint8Array<ArrayBuffer>, { status: res.status, headers })
}

const known = new Map<string, (typeof ENCODINGS)[number] | undefined>()
const MOST_KNOWN = 100

/** Browsers send the same few texts again and again, so what they mean is remembered. */
function accepted(header = '') {
  if (known.has(header)) return known.get(header)
  const wanted = new Map(parseAccept(header).map(({ type, q }) => [type.toLowerCase(), q]))
  const found = ENCODINGS.find(([name]) => (wanted.get(name) ?? wanted.get('*') ?? 0) > 0)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(header, found)
  return found
}
