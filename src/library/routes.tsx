import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { postSchema } from '../../shapes/posts'
import { LibraryPage, LibraryPart } from '../../views/library/list'
import { PostPage, PostPart } from '../../views/posts/post'
import type { Env } from '../context'
import { api } from '../http/api'
import { idParam, input } from '../http/input'
import { nextLink, wantedOfTime } from '../http/list'
import { reply, replyChanged, replyGone } from '../http/reply'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import { findPost, lookUpPost } from '../posts/feed'
import { postJson } from '../posts/json'
import { Problem } from '../problem'
import { buy, lookUpPurchase } from './buy'
import { listLibrary } from './model'
import { refunds } from './refunds/routes'
import { askForRefund } from './requests/routes'
import { showMine, UNDO_MS, undoPurchase } from './undo'

const offer = object(() => ({ price: z.int().describe('The price that the buyer was shown.') }))

async function bought(c: Context<Env>, postId: number) {
  const { db } = c.var.app
  const me = viewer(c)
  const purchase = await lookUpPurchase(db, me, postId)
  return postJson({ ...(await findPost(db, me, postId)), ...(purchase && { purchase }) }, viewerContextOf(c))
}

export const library = new Hono<Env>()
  .route('/:id/refunds', refunds)
  .route('/:id/requests', askForRefund)
  .get('/', api('List the posts you bought.', { lists: postSchema, dated: true, errors: [401] }), async (c) => {
    const wanted = wantedOfTime(c)
    const page = await listLibrary(c.var.app.db, viewer(c), wanted)
    const next = nextLink(c, page)
    const posts = page.items.map((row) => postJson(row, viewerContextOf(c)))
    const after = wanted.cursor?.at.toISOString()
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
      const { feePercent, undo } = settings()
      const undoUntil = undo === 'on' ? new Date(+now() + UNDO_MS) : undefined
      const made = await write((tx) => buy(tx, me, id, { price, feePercent, undoUntil }, now()))
      const post = await bought(c, id)
      return replyChanged(c, { json: () => post, part: () => <PostPart post={post} /> }, `/posts/${id}`, {
        made: made && `/library/${id}`,
      })
    },
  )
  .put(
    '/:id/shown',
    api('Show a purchase that you could still undo.', { answers: postSchema, errors: [401, 404] }),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const [me, id] = [viewer(c), idParam(c)]
      await write((tx) => showMine(tx, me, id, now()))
      const post = await bought(c, id)
      return replyChanged(c, { json: () => post, part: () => <PostPart post={post} /> }, `/posts/${id}`)
    },
  )
  .delete(
    '/:id',
    api('Undo a purchase that was not shown yet, within ten seconds, where the host allows it.', {
      errors: [401, 404, 409],
    }),
    async (c) => {
      const { db, now } = c.var.app
      const { write } = c.var
      const [me, id] = [viewer(c), idParam(c)]
      await write((tx) => undoPurchase(tx, me, id, now()))
      const post = await lookUpPost(db, me, id)
      const part = post && (() => <PostPart post={postJson(post, viewerContextOf(c))} />)
      return replyGone(c, `/posts/${id}`, part ? { part } : {})
    },
  )
  .get('/:id', api('Get one of the posts you bought.', { answers: postSchema, errors: [401, 404] }), async (c) => {
    const post = await bought(c, idParam(c))
    if (!post.viewer.bought && !post.viewer.undoUntil) throw new Problem('not_found', 'This is not in your library.')
    return reply(c, { json: () => post, part: () => <PostPart post={post} />, page: () => <PostPage post={post} /> })
  })
