import type { Context } from 'hono'
import { type Page, parseCursor, type Wanted } from '../db/page'
import { Problem } from '../problem'

/** Which page of a list is asked for: `?limit=` and `?cursor=`. */
export function wanted(c: Context): Wanted {
  const { limit = '20', cursor: text } = c.req.query()
  const cursor = text === undefined ? null : parseCursor(text)
  const errors = [
    ...(/^([1-9]\d?|100)$/.test(limit) ? [] : [{ path: 'limit', message: 'A limit is a number from 1 to 100.' }]),
    ...(cursor === undefined ? [{ path: 'cursor', message: 'This is not a cursor of ours.' }] : []),
  ]
  if (errors.length || cursor === undefined) throw new Problem('invalid', 'That page link is broken.', { errors })
  return { limit: Number(limit), cursor }
}

/** The same address with the next cursor, for pages; said to scripts in a `Link` header. */
export function nextLink(c: Context, { nextCursor }: Pick<Page<unknown>, 'nextCursor'>): string | null {
  if (!nextCursor) return null
  const link = `${c.req.path}?${new URLSearchParams({ ...c.req.query(), cursor: nextCursor })}`
  c.header('link', `<${link}>; rel="next"`)
  return link
}
