import type { Context } from 'hono'
import { feedXml } from '../../views/feed'
import type { Env } from '../context'
import { PER_VIEWER } from '../http/answer'
import { originOf } from '../http/client'
import { viewerContextOf } from '../http/viewer-context'
import { Problem } from '../problem'
import { findPosts, type PostRow } from './feed'
import { postJson } from './json'

/** Strangers all get the same answer. For members, people with whom there is a block are left out. */
const headersFor = (c: Context<Env>, type: string) => ({
  'cache-control': c.var.viewer ? PER_VIEWER : 'public, max-age=300',
  'content-type': `${type}; charset=utf-8`,
})

/** How the API document describes a feed. */
export const ATOM_FEED = { bytes: ['application/atom+xml'], errors: [404] }

/** Hides an address that shows posts to other sites, unless strangers may look around in this community. */
export function requirePublic(c: Context<Env>): void {
  if (c.var.app.settings().access !== 'public') throw new Problem('not_found', 'There is nothing at this address.')
}

/** A post as strangers may see it, whoever asks. */
export const publicPost = (c: Context<Env>, row: PostRow) => postJson(row, viewerContextOf(c, null))

type Feed = { title: string; path: string; rows: PostRow[] }

/** Leaves out what the viewer may not see, although strangers may. */
async function forViewer(c: Context<Env>, rows: PostRow[]): Promise<PostRow[]> {
  const { app, viewer } = c.var
  if (!viewer) return rows
  const ids = rows.map(({ post }) => post.id)
  const seen = await findPosts(app.db, viewer, ids)
  return rows.filter(({ post }) => seen.has(post.id))
}

/** Answers with an Atom feed of posts, which must have been read for a stranger. */
export async function feedOf(c: Context<Env>, { title, path, rows }: Feed): Promise<Response> {
  const origin = originOf(c)
  const { app } = c.var
  const posts = (await forViewer(c, rows)).map((row) => publicPost(c, row))
  const xml = feedXml({
    title: `${title} · ${app.settings().siteName}`,
    page: origin + path,
    self: `${origin}${path}/feed.xml`,
    origin,
    posts,
    updatedAt: posts[0]?.publishedAt ?? new Date(0).toISOString(),
  })
  return c.body(xml, 200, headersFor(c, 'application/atom+xml'))
}

/** Answers with JSON about a post that strangers may see. */
export const publicJson = (c: Context<Env>, value: object) =>
  c.body(JSON.stringify(value), 200, headersFor(c, 'application/json'))

/** Answers with XML about posts that strangers may see. */
export const publicXml = (c: Context<Env>, xml: string) => c.body(xml, 200, headersFor(c, 'application/xml'))
