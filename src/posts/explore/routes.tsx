import { Hono } from 'hono'
import { postSchema } from '../../../shapes/posts'
import { ExplorePage } from '../../../views/posts/explore/page'
import { PostGridPart } from '../../../views/users/grid'
import type { Env } from '../../context'
import { api } from '../../http/api'
import { nextLink, wanted } from '../../http/list'
import { reply } from '../../http/reply'
import { viewerContextOf } from '../../http/viewer-context'
import { postJson } from '../json'
import { explore as listExplored } from './model'

/** How many posts a page shows at once: whole rows of every width of the grid. */
const SHOWN = 30

export const explore = new Hono<Env>().get(
  '/',
  api('List the posts of the last two weeks that people like now.', { lists: postSchema }),
  async (c) => {
    const { db, now } = c.var.app
    const viewerContext = viewerContextOf(c)
    const asked = wanted(c)
    const limit = c.var.format === 'json' || c.req.query('limit') ? asked.limit : SHOWN
    const page = await listExplored(db, viewerContext.viewer, { ...asked, limit }, now())
    const next = nextLink(c, page)
    const posts = page.items.map((row) => postJson(row, viewerContext))
    return reply(c, {
      json: () => ({ ...page, items: posts }),
      part: () => <PostGridPart posts={posts} next={next} />,
      page: () => <ExplorePage posts={posts} next={next} />,
    })
  },
)
