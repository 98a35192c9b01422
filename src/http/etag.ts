import type { MiddlewareHandler } from 'hono'
import type { Env } from '../context'

/**
 * Gives JSON a weak ETag made from its bytes, and answers 304 to a client that has the same already. The tag is weak
 * because an answer may be compressed in several ways.
 */
export const etag: MiddlewareHandler<Env> = async (c, next) => {
  await next()
  const { res } = c
  if (!['GET', 'HEAD'].includes(c.req.method) || res.status !== 200 || !res.body || !isJson(res)) return
  const bytes = await res.bytes()
  const tag = `W/"${Bun.hash(bytes).toString(36)}"`
  const headers = new Headers(res.headers)
  headers.set('etag', tag)
  const same = isNamed(c.req.header('if-none-match'), tag)
  if (same) {
    headers.delete('content-type')
    headers.append('vary', 'Accept-Encoding')
  }
  c.res = undefined // else Hono copies the headers of the answer before into this one
  c.res = same ? new Response(null, { status: 304, headers }) : new Response(bytes, { headers })
}

const isJson = ({ headers }: Response) => headers.get('content-type')?.startsWith('application/json') ?? false

const isNamed = (header: string | undefined, tag: string) =>
  header?.split(',').some((each) => [tag, tag.slice('W/'.length), '*'].includes(each.trim())) ?? false
