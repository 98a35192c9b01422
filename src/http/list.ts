import type { Context } from 'hono'
import { z } from 'zod'
import { later } from '../../shapes/object'
import { type Page, parseCursor, type Wanted } from '../db/page'
import { invalidFields, Problem } from '../problem'

/** Reads `?limit=` and `?cursor=`, which say which page of a list is requested. */
export function wanted(c: Context): Wanted {
  const { limit = '20', cursor: text } = c.req.query()
  const cursor = text === undefined ? null : parseCursor(text)
  const isLimit = /^([1-9]\d?|100)$/.test(limit)
  if (isLimit && cursor !== undefined) return { limit: Number(limit), cursor }
  const errors = [
    ...(isLimit ? [] : [{ path: 'limit', message: 'The limit must be a number from 1 to 100.' }]),
    ...(cursor === undefined ? [{ path: 'cursor', message: 'This cursor is not valid.' }] : []),
  ]
  if (cursor === undefined)
    throw new Problem('invalid', 'This link to the next page is not valid. Go back to the first page.', { errors })
  throw invalidFields(...errors)
}

/** A time, or the first moment of a day in UTC. */
const moment = later(() =>
  z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((text) => new Date(text)),
)

/**
 * Reads `?since=` and `?until=` besides the page that is requested, for lists that are in the order of time, newest
 * first. A list begins before `until`, as if a page before had ended there.
 */
export function wantedOfTime(c: Context): Wanted {
  const page = wanted(c)
  const { since, until } = c.req.query()
  if (since === undefined && until === undefined) return page
  const read = (path: string, text: string | undefined) => {
    if (text === undefined) return undefined
    const { data } = moment().safeParse(text)
    if (data) return data
    throw invalidFields({ path, message: 'Enter a time such as 2026-01-31T09:30:00Z, or a day such as 2026-01-31.' })
  }
  const [from, to] = [read('since', since), read('until', until)]
  return { ...page, cursor: page.cursor ?? (to ? { at: to, id: 0 } : null), ...(from && { since: from }) }
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
