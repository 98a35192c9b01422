import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { PostForm, PostsPage, PostsPart } from '../../views/posts/list'
import { PostPage, PostPart } from '../../views/posts/post'
import type { Env } from '../context'
import { input } from '../http/input'
import { nextLink, wanted } from '../http/list'
import { reply, replyChanged } from '../http/reply'
import { viewer } from '../http/viewer'
import { postJson } from './json'
import { createPost, findPost, listPosts, publishPost } from './model'

const draft = z.object({
  caption: z.string().trim().min(1).max(2000),
  price: z.coerce.number().int().min(0).max(1_000_000).default(0),
  visibility: z.enum(['everyone', 'followers']).default('everyone'),
})

export async function mainPage(c: Context<Env>) {
  const me = c.var.viewer
  const page = await listPosts(c.var.app.db, me, wanted(c))
  const next = nextLink(c, page)
  return reply(c, {
    json: () => ({ ...page, items: page.items.map((row) => postJson(row, me)) }),
    part: () => <PostsPart rows={page.items} next={next} />,
    page: () => (
      <PostsPage title="Pinhole" rows={page.items} next={next}>
        {me && <PostForm />}
      </PostsPage>
    ),
  })
}

export const posts = new Hono<Env>()
  .get('/', mainPage)
  .post('/', async (c) => {
    const { write, now } = c.var.app
    const me = viewer(c)
    const values = await input(c, draft, PostForm)
    const row = await write(async (tx) => publishPost(tx, await createPost(tx, me, values, now()), now()))
    const at = `/posts/${row.post.id}`
    return replyChanged(c, { json: () => postJson(row, me), part: () => <PostPart row={row} /> }, at, { made: at })
  })
  .get('/:id{[0-9]+}', async (c) => {
    const me = c.var.viewer
    const row = await findPost(c.var.app.db, me, Number(c.req.param('id')))
    return reply(c, { json: () => postJson(row, me), part: () => <PostPart row={row} />, page: () => <PostPage row={row} /> })
  })
