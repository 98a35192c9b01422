import type { MiddlewareHandler } from 'hono'
import type { Env } from '../context'

/** A name or an address, and perhaps a port. Whatever else a browser may call a host, none of it stands in an address bar. */
const HOST = /^([a-z\d_](?:[a-z\d._-]*)|\[[\da-f:.]+\])(:\d{1,5})?$/i

/** Links are made from the host that was asked for, and addresses are read with it: it must be one, and only one (RFC 9112, 3.2). */
export const oneHost: MiddlewareHandler<Env> = async (c, next) => {
  const host = c.req.header('host')
  if (!URL.canParse(c.req.url) || (host !== undefined && !HOST.test(host)))
    return c.text('This request names no host, or an odd one.', 400)
  await next()
}
