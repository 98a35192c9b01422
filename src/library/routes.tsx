import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { postSchema } from '../../shapes/posts'
import { LibraryPage, LibraryPart } from '../../views/library/list'
import { PostPage, PostPart } from '../../views/posts/post'
import type { Env } from '../context'
import { api } from '../http/api'
import { idParam, input } from '../http/input'
import { nextLink, wanted } from '../http/list'
import { reply, replyChanged } from '../http/reply'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import { findPost } from '../posts/feed'
import { postJson } from '../posts/json'
import { Problem } from '../problem'
import { buy, findPurchase } from './buy'
import { listLibrary } from './model'
import { refunds } from './refunds/routes'

const offer = z.object({ price: z.int().describe('The price that the buyer was shown.') })

async function bought(c: Context<Env>, postId: number) {
  const { db } = c.var.app
  const me = viewer(c)
  const purchase = await findPurchase(db, me, postId)
  return postJson({ ...(await findPost(db, me, postId)), ...(purchase && { purchase }) }, viewerContextOf(c))
}

export const library = new Hono<Env>()
  .route('/:id/refunds', refunds)
  .get('/', api('List the posts you bought.', { lists: postSchema, errors: [401] }), async (c) => {
    const page = await listLibrary(c.var.app.db, viewer(c), wanted(c))
    const next = nextLink(c, page)
    const posts = page.items.map((row) => postJson(row, viewerContextOf(c)))
    const after = wanted(c).cursor?.at.toISOString()
    return reply(c, {
      json: () => ({ ...page, items: posts }),
      part: () => <LibraryPart posts={posts} next={next} after={after} />,
      page: () => <LibraryPage posts={posts} next={next} />,
    })
  })
  .put(
    '/:id',
    api('Buy a post.', { body: offer, answers: postSchema, made: postSchema, errors: [401, 402, 404, 409] }),
    async (c) => {
      const { db, settings, now } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      const id = idParam(c)
      const { price } = await input(c, offer, async ({ problem }) => {
        const post = postJson(await findPost(db, me, id), viewerContextOf(c)) // with the price that it has now
        return <PostPart post={post} {...(problem && { problem })} />
      })
      const made = await write((tx) => buy(tx, me, id, { price, feePercent: settings().feePercent }, now()))
      const post = await bought(c, id)
      return replyChanged(c, { json: () => post, part: () => <PostPart post={post} /> }, `/posts/${id}`, {
        made: made && `/library/${id}`,
      })
    },
  )
  .get('/:id', api('Get one of the posts you bought.', { answers: postSchema, errors: [401, 404] }), async (c) => {
    const post = await bought(c, idParam(c))
    if (!post.viewer.bought) throw new Problem('not_found', 'This is not in your library.')
    return reply(c, { json: () => post, part: () => <PostPart post={post} />, page: () => <PostPage post={post} /> })
  })
