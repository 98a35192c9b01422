import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from '../context'
import { encodingFor, isCompressible, type Text } from './compress'
import { isNamed, tagOf } from './etag'
import { SECURITY } from './security'

/** Bun gathers an answer in a buffer of 16 kB. With its headers, a text of more letters than this may not fit into it. */
const GATHERED_BYTES = 8 * 1024

const complete = new WeakSet<Response>()

/** Records that an answer has all its headers and its final body, so that no middleware looks at it again. */
export function markComplete(answer: Response): Response {
  complete.add(answer)
  return answer
}

/**
 * Makes the answer from text that can be compressed: with an entity tag if it is JSON, without a body if the client has
 * it already, and in the encoding that the client accepts.
 */
export function finish(c: Context<Env>, headers: Headers, body: Text, status: number): Response {
  const { req } = c
  headers.append('vary', 'Accept-Encoding')
  const isRead = req.method === 'GET' || req.method === 'HEAD'
  if (status === 200 && isRead && headers.get('content-type')?.startsWith('application/json')) {
    const tag = tagOf(body)
    headers.set('etag', tag)
    if (isNamed(req.header('if-none-match'), tag)) {
      headers.delete('content-type')
      return new Response(null, { status: 304, headers })
    }
  }
  const encoding = encodingFor(body, req.header('accept-encoding'))
  const packed = encoding ? encoding.compress(body) : body
  if (encoding) headers.set('content-encoding', encoding.name)
  if (req.method !== 'HEAD' && packed.length > GATHERED_BYTES)
    return new Response(atOnce(packed as Text), { status, headers })
  headers.set('content-length', String(Buffer.byteLength(packed))) // also for HEAD, whose answer has no body to measure
  return new Response(packed as Text, { status, headers })
}

/**
 * A longer text leaves with its headers at once only as a stream, which has no length. If the answer had to wait for
 * something, as all from PostgreSQL have, Bun sends a text after its headers, and of these each name and each value by
 * itself: seventy calls of the system, which take longer than a list of posts (oven-sh/bun#41341).
 */
function atOnce(body: Text): ReadableStream {
  const source: Bun.DirectUnderlyingSource = {
    type: 'direct',
    pull(controller) {
      controller.write(body)
      controller.close()
    },
  }
  return new ReadableStream(source as object) // the types of the web know no direct sources
}

/** Finishes text that a route answered by other means than `answer`. */
export const compress: MiddlewareHandler<Env> = async (c, next) => {
  await next()
  const { res } = c
  if (complete.has(res) || !res.body || res.headers.has('content-encoding')) return
  const headers = new Headers(res.headers)
  // Bun adds the type of a text only while it sends the answer, and would take the bytes below for a file to download.
  if (!headers.has('content-type')) headers.set('content-type', 'text/plain; charset=utf-8')
  if (!isCompressible(headers.get('content-type')!)) return
  const bytes = (await res.bytes()) as Uint8Array<ArrayBuffer>
  c.res = undefined // else Hono copies the headers of the answer before into this one
  c.res = finish(c, headers, bytes, res.status)
}

const security = Object.entries(SECURITY)

/** Adds the security headers to answers that do not have them yet. */
export const secure: MiddlewareHandler<Env> = async (c, next) => {
  await next()
  if (complete.has(c.res)) return
  for (const [name, value] of security) c.res.headers.set(name, value)
}
