import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type CollectionJson, collectionName, collectionSchema } from '../../shapes/collections'
import { later, object } from '../../shapes/object'
import { postSchema } from '../../shapes/posts'
import { CollectionsOrderPage, EditCollectionPage } from '../../views/collections/edit'
import { CollectionPage, CollectionsPage, CollectionsPart } from '../../views/collections/list'
import { PostGridPart } from '../../views/users/grid'
import type { Env } from '../context'
import { api } from '../http/api'
import { idIn, idParam, input } from '../http/input'
import { nextLink, wanted } from '../http/list'
import { reply, replyChanged, replyGone } from '../http/reply'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import { findPost } from '../posts/feed'
import { postJson } from '../posts/json'
import {
  collect,
  createCollection,
  deleteCollection,
  findCollection,
  listCollected,
  listCollections,
  namesOfCollections,
  renameCollection,
  uncollect,
} from './model'
import { orderCollected, orderCollections } from './order'

const nameSchema = object(() => ({ name: collectionName() }))
const draftSchema = object(() => ({
  ...nameSchema.shape,
  postId: z.int().positive().optional().describe('A post that is put into the collection at once.'),
}))

const MOST_AT_ONCE = 200
const someIds = later(() => z.array(z.int().positive()).min(1).max(MOST_AT_ONCE))
const orderSchema = object(() => ({ ids: someIds() }))
const orderOfPostsSchema = object(() => ({ postIds: someIds() }))

/** The row that was moved last, so that the page can give its button the focus again. */
const movedIn = (c: Context<Env>) => {
  const moved = Number(c.req.query('moved'))
  return moved ? { moved } : {}
}
const lastMoved = (c: Context<Env>) => {
  const { moved } = movedIn(c)
  return moved ? `?moved=${moved}#row-${moved}` : ''
}

async function show(c: Context<Env>, id: number): Promise<CollectionJson> {
  const { name, count } = await findCollection(c.var.app.db, viewer(c), id)
  return { id, name, count }
}

async function list(c: Context<Env>, postId = idIn(c.req.query('postId'))) {
  const page = await listCollections(c.var.app.db, viewer(c), wanted(c), postId)
  const items: CollectionJson[] = page.items.map(({ id, name, count, has }) => ({
    id,
    name,
    count,
    ...(postId && { has }),
  }))
  return { ...page, items, postId, next: nextLink(c, page) }
}

export const collections = new Hono<Env>()
  .get(
    '/',
    api('List your collections in your order.', {
      lists: collectionSchema,
      query: { postId: z.int().optional().describe('Adds to each whether it contains this post.') },
      errors: [401],
    }),
    async (c) => {
      const { items, nextCursor, next, postId } = await list(c)
      const shown = { collections: items, next, postId }
      return reply(c, {
        json: () => ({ items, nextCursor }),
        part: () => <CollectionsPart {...shown} />,
        page: () => <CollectionsPage {...shown} />,
      })
    },
  )
  .post(
    '/',
    api('Create a collection.', { body: draftSchema, made: collectionSchema, errors: [401, 404, 409] }),
    async (c) => {
      const { now } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      const { name, postId } = await input(c, draftSchema, async (form) => {
        const { items, next, postId } = await list(c, idIn(form.values?.postId))
        return <CollectionsPart collections={items} next={next} postId={postId} {...form} />
      })
      const id = await write(async (tx) => {
        const id = await createCollection(tx, me, name, now())
        if (postId) await collect(tx, me, id, postId, now())
        return id
      })
      const made = await show(c, id)
      const at = postId ? `/collections?postId=${postId}` : `/collections/${id}`
      return replyChanged(c, { json: () => made }, at, { made: `/collections/${id}` })
    },
  )
  .get('/edit', async (c) => {
    const items = await namesOfCollections(c.var.app.db, viewer(c))
    return reply(c, { json: () => ({ items }), page: () => <CollectionsOrderPage items={items} {...movedIn(c)} /> })
  })
  .put(
    '/order',
    api('Put your collections into an order: all of them, or some that then share the places they have.', {
      body: orderSchema,
      errors: [401, 404],
    }),
    async (c) => {
      const { ids } = await input(c, orderSchema)
      await c.var.write((tx) => orderCollections(tx, viewer(c), ids))
      return replyGone(c, `/collections/edit${lastMoved(c)}`)
    },
  )
  .get('/:id{[0-9]+}/edit', async (c) => {
    const collection = await show(c, idParam(c))
    const page = await listCollected(c.var.app.db, viewer(c), collection.id, { ...wanted(c), limit: MOST_AT_ONCE })
    const posts = page.items.map((row) => postJson(row, viewerContextOf(c)))
    const next = nextLink(c, page)
    return reply(c, {
      json: () => collection,
      page: () => <EditCollectionPage collection={collection} posts={posts} next={next} {...movedIn(c)} />,
    })
  })
  .put(
    '/:id{[0-9]+}/order',
    api('Put posts of a collection into an order. They share the places that they have.', {
      body: orderOfPostsSchema,
      errors: [401, 404],
    }),
    async (c) => {
      const id = idParam(c)
      const { postIds } = await input(c, orderOfPostsSchema)
      await c.var.write((tx) => orderCollected(tx, viewer(c), id, postIds))
      return replyGone(c, `/collections/${id}/edit${lastMoved(c)}`)
    },
  )
  .get(
    '/:id{[0-9]+}',
    api('Get one of your collections.', { answers: collectionSchema, errors: [401, 404] }),
    async (c) => {
      const collection = await show(c, idParam(c))
      if (c.var.format === 'json') return reply(c, { json: () => collection, page: () => <></> })
      const page = await listCollected(c.var.app.db, viewer(c), collection.id, wanted(c))
      const posts = page.items.map((row) => postJson(row, viewerContextOf(c)))
      const next = nextLink(c, page)
      return reply(c, {
        json: () => collection,
        part: () => <PostGridPart posts={posts} next={next} />,
        page: () => <CollectionPage collection={collection} posts={posts} next={next} />,
      })
    },
  )
  .patch(
    '/:id{[0-9]+}',
    api('Rename a collection.', { body: nameSchema, answers: collectionSchema, errors: [401, 404] }),
    async (c) => {
      const me = viewer(c)
      const id = idParam(c)
      const { name } = await input(c, nameSchema)
      await c.var.write((tx) => renameCollection(tx, me, id, name))
      const changed = await show(c, id)
      return replyChanged(c, { json: () => changed }, `/collections/${id}`)
    },
  )
  .delete('/:id{[0-9]+}', api('Delete a collection. Its posts stay bookmarked.', { errors: [401] }), async (c) => {
    const me = viewer(c)
    const id = idParam(c)
    await c.var.write((tx) => deleteCollection(tx, me, id, c.var.app.now()))
    return replyGone(c, '/collections', { leave: true })
  })
  .get(
    '/:id{[0-9]+}/posts',
    api('List the posts of a collection in your order, in which the last one put in comes first.', {
      lists: postSchema,
      errors: [401, 404],
    }),
    async (c) => {
      const collection = await show(c, idParam(c))
      const page = await listCollected(c.var.app.db, viewer(c), collection.id, wanted(c))
      const posts = page.items.map((row) => postJson(row, viewerContextOf(c)))
      const next = nextLink(c, page)
      return reply(c, {
        json: () => ({ ...page, items: posts }),
        part: () => <PostGridPart posts={posts} next={next} />,
        page: () => <CollectionPage collection={collection} posts={posts} next={next} />,
      })
    },
  )
  .put(
    '/:id{[0-9]+}/posts/:postId{[0-9]+}',
    api('Put a post into a collection, which bookmarks it.', {
      answers: postSchema,
      made: postSchema,
      errors: [401, 404],
    }),
    async (c) => {
      const { db, now } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      const [id, postId] = [idParam(c), idParam(c, 'postId')]
      const made = await write((tx) => collect(tx, me, id, postId, now()))
      const post = postJson(await findPost(db, me, postId), viewerContextOf(c))
      return replyChanged(c, { json: () => post }, `/collections?postId=${postId}`, {
        made: made && `/collections/${id}/posts/${postId}`,
      })
    },
  )
  .delete(
    '/:id{[0-9]+}/posts/:postId{[0-9]+}',
    api('Take a post out of a collection. It stays bookmarked.', { errors: [401, 404] }),
    async (c) => {
      const me = viewer(c)
      const [id, postId] = [idParam(c), idParam(c, 'postId')]
      await c.var.write((tx) => uncollect(tx, me, id, postId))
      return replyGone(c, `/collections?postId=${postId}`, { leave: true })
    },
  )
