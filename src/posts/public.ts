import type { Context } from 'hono'
import { feedXml } from '../../views/feed'
import type { Env } from '../context'
import { limitKeyOf, originOf } from '../http/client'
import { viewerContextOf } from '../http/viewer-context'
import { Problem } from '../problem'
import type { PostRow } from './feed'
import { postJson } from './json'

const HEADERS = { 'cache-control': 'public, max-age=300', 'x-content-type-options': 'nosniff' }

/** Hides an address that shows posts to other sites, unless strangers may look around in this community. */
export function requirePublic(c: Context<Env>): void {
  if (c.var.app.settings().access !== 'public') throw new Problem('not_found', 'There is nothing at this address.')
}

/** The same, for addresses that no gate has counted against the limit of anonymous reads. */
export async function takePublic(c: Context<Env>): Promise<void> {
  requirePublic(c)
  await c.var.app.limits.take('anonymousReads', limitKeyOf(c))
}

/** A post as strangers may see it, whoever asks. */
export const publicPost = (c: Context<Env>, row: PostRow) => postJson(row, viewerContextOf(c, null))

type Feed = { title: string; path: string; rows: PostRow[] }

/** Answers with an Atom feed of posts, which must have been read for a stranger. */
export function feedOf(c: Context<Env>, { title, path, rows }: Feed): Response {
  const origin = originOf(c)
  const { app } = c.var
  const posts = rows.map((row) => publicPost(c, row))
  const xml = feedXml({
    title: `${title} · ${app.settings().siteName}`,
    page: origin + path,
    self: `${origin}${path}/feed.xml`,
    origin,
    posts,
    updatedAt: posts[0]?.publishedAt ?? new Date(0).toISOString(),
  })
  return c.body(xml, 200, { ...HEADERS, 'content-type': 'application/atom+xml; charset=utf-8' })
}

export const publicJson = (c: Context<Env>, value: object, type = 'application/json') =>
  c.body(JSON.stringify(value), 200, { ...HEADERS, 'content-type': `${type}; charset=utf-8` })

export const publicXml = (c: Context<Env>, xml: string) =>
  c.body(xml, 200, { ...HEADERS, 'content-type': 'application/xml; charset=utf-8' })
