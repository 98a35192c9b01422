import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from '../context'
import { encodingFor, isCompressible, type Text } from './compress'
import { isNamed, tagOf } from './etag'
import { SECURITY } from './security'

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
  headers.set('content-length', String(Buffer.byteLength(packed))) // also for HEAD, whose answer has no body to measure
  return new Response(packed as Text, { status, headers })
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
