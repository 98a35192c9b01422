import type { Context } from 'hono'
import { type Page, parseCursor, type Wanted } from '../db/page'
import { Problem } from '../problem'

/** Reads `?limit=` and `?cursor=`, which say which page of a list is requested. */
export function wanted(c: Context): Wanted {
  const { limit = '20', cursor: text } = c.req.query()
  const cursor = text === undefined ? null : parseCursor(text)
  const errors = [
    ...(/^([1-9]\d?|100)$/.test(limit)
      ? []
      : [{ path: 'limit', message: 'The limit must be a number from 1 to 100.' }]),
    ...(cursor === undefined ? [{ path: 'cursor', message: 'This cursor is not valid.' }] : []),
  ]
  if (errors.length || cursor === undefined)
    throw new Problem('invalid', 'This link to the next page is not valid.', { errors })
  return { limit: Number(limit), cursor }
}

/** Returns the current address with the next cursor for pages, and sends it in a `Link` header for scripts. */
export function nextLink(c: Context, { nextCursor }: Pick<Page<unknown>, 'nextCursor'>): string | null {
  if (!nextCursor) return null
  const { pathname } = new URL(c.req.url) // unlike the path, it is encoded as headers need it
  const query = c.req.query()
  delete query.cursor
  const rest = Object.keys(query).length ? `${new URLSearchParams(query)}&` : ''
  const link = `${pathname}?${rest}cursor=${nextCursor}`
  c.header('link', `<${link}>; rel="next"`)
  return link
}
