import type { MiddlewareHandler } from 'hono'
import type { Env } from '../context'

/**
 * A host name or address with an optional port. Browsers may accept other characters, but none that appear in an
 * address bar.
 */
const HOST = /^([a-z\d_](?:[a-z\d._-]*)|\[[\da-f:.]+\])(:\d{1,5})?$/i

/**
 * Requires exactly one valid host (RFC 9112, 3.2), because links are built from it and addresses are parsed with it.
 */
export const oneHost: MiddlewareHandler<Env> = (c, next) => {
  const host = c.req.header('host')
  const isValid = URL.canParse(c.req.url) && (host === undefined || HOST.test(host))
  return isValid ? next() : Promise.resolve(c.text('The Host header is missing or not valid.', 400))
}
