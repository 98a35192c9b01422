import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Env } from '../context'
import { finish, markComplete } from './finish'
import { SECURITY } from './security'

/** No shared cache keeps an answer to a viewer. */
export const PER_VIEWER = 'private, no-cache'
/** A page depends on these headers of the request, besides its address and its viewer. */
export const PAGE_VARIES = 'HX-Request, HX-Request-Type, Accept-Language'

/** The headers of all answers of a kind, made once: copying them costs less than setting one. */
const templateOf = (type: string, more: Record<string, string> = {}) =>
  new Headers({ ...SECURITY, 'cache-control': PER_VIEWER, 'content-type': type, ...more })

const TEMPLATES = {
  json: templateOf('application/json'),
  problem: templateOf('application/problem+json'),
  html: templateOf('text/html; charset=UTF-8', { vary: PAGE_VARIES }),
}

/**
 * Answers a viewer with a page or JSON. Headers, entity tag and compression are decided here and one `Response` is made,
 * since making it again for each of them takes longer than reading an empty list.
 */
export function answer(
  c: Context<Env>,
  text: string,
  kind: keyof typeof TEMPLATES,
  status: ContentfulStatusCode,
): Response {
  const template = TEMPLATES[kind]
  const headers = new Headers(template)
  if (c.var.headersSet)
    for (const [name, value] of c.body(null, status).headers)
      if (name === 'set-cookie') headers.append(name, value)
      else if (!template.has(name)) headers.set(name, value)
  return markComplete(finish(c, headers, text, status))
}
