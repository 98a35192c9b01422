import { Hono } from 'hono'
import { postSchema } from '../../../shapes/posts'
import { BookmarksPage } from '../../../views/posts/bookmarks/list'
import { PostGridPart } from '../../../views/users/grid'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { nextLink, wantedOfTime } from '../../http/list'
import { reply } from '../../http/reply'
import { viewer } from '../../http/viewer'
import { viewerContextOf } from '../../http/viewer-context'
import { postJson } from '../json'
import { listBookmarks } from './model'

/** The list at `/bookmarks`; a single bookmark is `/posts/:id/bookmark`. */
export const bookmarks = new Hono<Env>().get(
  '/',
  api('List the posts you bookmarked.', { lists: postSchema, dated: true, errors: [401] }),
  async (c) => {
    const page = await listBookmarks(c.var.app.db, viewer(c), wantedOfTime(c))
    const next = nextLink(c, page)
    const posts = page.items.map((row) => postJson(row, viewerContextOf(c)))
    return reply(c, {
      json: () => ({ ...page, items: posts }),
      part: () => <PostGridPart posts={posts} next={next} />,
      page: () => <BookmarksPage posts={posts} next={next} />,
    })
  },
)
