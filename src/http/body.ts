import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Problem } from '../problem'

/** The largest body in bytes. Every form and JSON request is smaller. */
const MOST_BYTES = 1024 ** 2

/** Limits request bodies that are held in memory. Uploads are streamed to disk and have a limit of their own. */
export const smallBodies: MiddlewareHandler = (c, next) => (isUpload(c) ? next() : inMemory(c, next))

/** Refuses a body of more bytes than this. */
export const bodyOfAtMost = (bytes: number): MiddlewareHandler =>
  bodyLimit({
    maxSize: bytes,
    onError() {
      throw new Problem('too_large', 'This request is too large.')
    },
  })
const inMemory = bodyOfAtMost(MOST_BYTES)

/**
 * Waits for the whole of a small body before the session is checked. A client that sends its body slowly is therefore
 * judged by the rights that it has when the body is complete.
 */
export const wholeBody: MiddlewareHandler = (c, next) =>
  c.req.raw.body && !isUpload(c) ? readWhole(c).then(next) : next()

async function readWhole({ req }: Context): Promise<void> {
  const { raw } = req
  const body = await raw.arrayBuffer().catch(brokeOff)
  req.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, body, signal: raw.signal })
}

function brokeOff(error: unknown): never {
  throw error instanceof Problem ? error : new Problem('unreadable', 'The request broke off before all of it arrived.')
}

function isUpload(c: Context): boolean {
  return /^(multipart\/form-data|application\/offset\+octet-stream)/i.test(c.req.header('content-type') ?? '')
}
