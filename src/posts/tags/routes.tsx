import { type Context, Hono } from 'hono'
import { postSchema } from '../../../shapes/posts'
import { isTag, tagKey, tagPath } from '../../../shapes/tags'
import { TagPage } from '../../../views/posts/tags/page'
import { PostGridPart } from '../../../views/users/grid'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { nextLink, wantedOfTime } from '../../http/list'
import { reply } from '../../http/reply'
import { viewerContextOf } from '../../http/viewer-context'
import { Problem } from '../../problem'
import { postJson } from '../json'
import { ATOM_FEED, feedOf, requirePublic } from '../public'
import { listTagged, lookUpTag } from './model'

const tagOf = (c: Context<Env, '/:tag'>) => {
  const tag = tagKey(c.req.param('tag'))
  if (!isTag(tag)) throw new Problem('not_found', 'There is nothing at this address.')
  return tag
}

export const tags = new Hono<Env>()
  .get('/:tag/feed.xml', api('Get an Atom feed of a tag, in public communities.', ATOM_FEED), async (c) => {
    requirePublic(c)
    const tag = tagOf(c)
    const page = await listTagged(c.var.app.db, null, tag, { limit: 20, cursor: null })
    return feedOf(c, { title: `#${tag}`, path: tagPath(tag), rows: page.items })
  })
  .get(
    '/:tag',
    api('List the posts with a tag, newest first.', { lists: postSchema, dated: true, errors: [404] }),
    async (c) => {
      const { db } = c.var.app
      const viewerContext = viewerContextOf(c)
      const tag = tagOf(c)
      const page = await listTagged(db, viewerContext.viewer, tag, wantedOfTime(c))
      const next = nextLink(c, page)
      const posts = page.items.map((row) => postJson(row, viewerContext))
      const count = c.var.format === 'page' ? ((await lookUpTag(db, viewerContext.viewer, tag))?.posts ?? 0) : 0
      return reply(c, {
        json: () => ({ ...page, items: posts }),
        part: () => <PostGridPart posts={posts} next={next} />,
        page: () => <TagPage tag={tag} count={count} posts={posts} next={next} hasFeed={!viewerContext.viewer} />,
      })
    },
  )
