import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { postSchema } from '../../shapes/posts'
import { Discussion } from '../../views/posts/comments/discussion'
import { EditPostForm, EditPostPage } from '../../views/posts/edit'
import { ForAdultsPage, ForAdultsPart } from '../../views/posts/for-adults'
import { PostsPage, PostsPart } from '../../views/posts/list'
import { PostMenuPage, PostMenuPart } from '../../views/posts/menu'
import { NewPostPage, PostForm } from '../../views/posts/new'
import { PostPage, PostPart } from '../../views/posts/post'
import type { Env } from '../context'
import { parseCursor } from '../db/page'
import { api } from '../http/api'
import { originOf } from '../http/client'
import { idParam, input } from '../http/input'
import { nextLink, wantedOfTime } from '../http/list'
import { reply, replyChanged, replyGone } from '../http/reply'
import { viewer } from '../http/viewer'
import { viewerContextOf } from '../http/viewer-context'
import { onceByKey } from '../idempotency/by-key'
import { isPostMuted } from '../muted-posts/model'
import { Problem } from '../problem'
import { receiveForm } from '../uploads/multipart'
import { requireAdultAuthor } from '../users/adults/model'
import { suggestPeople } from '../users/found'
import { userJson } from '../users/json'
import type { Seen } from '../users/person'
import { judgeTexts } from '../words/judge-texts'
import { commentsOfPost, discussionOn } from './comments/routes'
import { deletePost } from './delete'
import { composerOf } from './draft/composer'
import { draft } from './draft/routes'
import { changePost, findOwnPost } from './edit'
import { findPost, listPosts, lookUpPost } from './feed'
import { draftSchema, patchSchema } from './fields'
import { lookUpAuthorForAdults } from './for-adults'
import { gifts } from './gifts/routes'
import { postJson } from './json'
import { marks } from './likes/routes'
import { countNewer } from './newer'
import { pins } from './pins/routes'
import { createPost } from './publish'
import { publishTimeOf, refusePrice } from './requested'

/** Suggests a few people at the top of the main page to members who follow nobody yet. */
async function peopleToFollow(c: Context<Env>) {
  const viewerContext = viewerContextOf(c)
  if (viewerContext.viewer?.following !== 0) return []
  const page = await suggestPeople(c.var.app.db, viewerContext.viewer, { limit: 3, cursor: null })
  return page.items.map((user) => userJson(user, viewerContext))
}

/** Answers with the newest posts. Members who follow nobody yet are shown a few people on the first page. */
export async function mainPage(c: Context<Env>) {
  const viewerContext = viewerContextOf(c)
  const wanted = wantedOfTime(c)
  const page = await listPosts(c.var.app.db, viewerContext.viewer, wanted)
  const next = nextLink(c, page)
  const posts = page.items.map((row) => postJson(row, viewerContext))
  const isFirst = !wanted.cursor
  const people = isFirst && c.var.format === 'page' ? await peopleToFollow(c) : []
  return reply(c, {
    json: () => ({ ...page, items: posts }),
    part: () => <PostsPart posts={posts} next={next} />,
    page: () => <PostsPage posts={posts} next={next} isFirst={isFirst} people={people} />,
  })
}

async function show(c: Context<Env>, id: number) {
  return postJson(await findPost(c.var.app.db, c.var.viewer, id), viewerContextOf(c))
}

/** Answers in place of a post that the viewer may not see before they have confirmed their age. */
async function replyForAdults(c: Context<Env>, id: number, seen: Seen) {
  const author = userJson(seen, viewerContextOf(c))
  if (c.var.format === 'json')
    throw new Problem('forbidden', 'This post is only for adults. Confirm your age first.', { code: 'adults_only' })
  const shown = { id, author }
  return reply(
    c,
    { json: () => ({}), part: () => <ForAdultsPart {...shown} />, page: () => <ForAdultsPage {...shown} /> },
    403,
  )
}

export const posts = new Hono<Env>()
  .route('/draft', draft)
  .route('/:id{[0-9]+}', marks)
  .route('/:id{[0-9]+}', pins)
  .route('/:id{[0-9]+}/comments', commentsOfPost)
  .route('/:id{[0-9]+}/gifts', gifts)
  .get('/', api('List the posts of the main page, newest first.', { lists: postSchema, dated: true }), mainPage)
  .get(
    '/newer',
    api('Count the posts that are newer than a cursor, up to 100.', {
      answers: object(() => ({ count: z.int() })),
      query: { than: 'The cursor to count from.' },
    }),
    async (c) => {
      const than = parseCursor(c.req.query('than') ?? '')
      if (!than) throw new Problem('invalid', 'This link to the next page is not valid. Go back to the first page.')
      const count = await countNewer(c.var.app.db, c.var.viewer, than)
      return c.var.format === 'json' ? reply(c, { json: () => ({ count }), page: () => <></> }) : c.redirect('/', 303)
    },
  )
  .get('/new', async (c) => {
    const parts = await composerOf(c)
    const [began, shared] = [parts.draft?.caption ?? '', c.req.query('caption') ?? '']
    const caption = (began.includes(shared) ? began : `${began}\n${shared}`).trim().slice(0, 2000)
    const again = c.req.query('share') === 'again'
    return reply(c, { json: () => parts, page: () => <NewPostPage {...parts} caption={caption} again={again} /> })
  })
  // Receives what a phone shares (the share target of the manifest) when no service worker has handled it.
  .post('/new', async (c) => {
    const { texts } = await receiveForm(c)
    const caption = ['title', 'text', 'url'].flatMap((name) => texts.get(name) || []).join('\n')
    return c.redirect(`/posts/new${caption && `?${new URLSearchParams({ caption: caption.slice(0, 2000) })}`}`, 303)
  })
  .post(
    '/',
    api('Create a post from your files.', {
      body: draftSchema,
      made: postSchema,
      once: true,
      errors: [401, 404, 409, 429],
    }),
    async (c) => {
      const { limits, config } = c.var.app
      const me = viewer(c)
      const { idempotencyKey, ...draft } = await input(c, draftSchema, async (form) => {
        const again = await composerOf(c)
        const key = String(form.values?.idempotencyKey ?? again.idempotencyKey)
        return <PostForm {...again} idempotencyKey={key} {...form} />
      })
      refusePrice(c, draft.price)
      requireAdultAuthor(me, draft.adultsOnly)
      const publishAt = publishTimeOf(c, draft.publishAt)
      const flagged = judgeTexts(c, [{ field: 'caption', text: draft.caption, path: 'caption' }])
      await limits.take('posts', me.id)
      const id = await onceByKey(c, 'POST /posts', { idempotencyKey, ...draft }, (tx, me, now) =>
        createPost(tx, me, { ...draft, publishAt }, { now, crowd: config.crowd }, flagged),
      )
      const post = await show(c, id)
      const at = `/posts/${id}`
      return replyChanged(c, { json: () => post }, at, { made: at })
    },
  )
  .get('/:id{[0-9]+}', api('Get a post.', { answers: postSchema, errors: [403, 404] }), async (c) => {
    const { db } = c.var.app
    const row = await lookUpPost(db, c.var.viewer, idParam(c))
    const author = !row && (await lookUpAuthorForAdults(db, c.var.viewer, idParam(c)))
    if (author) return replyForAdults(c, idParam(c), author)
    const post = row ? postJson(row, viewerContextOf(c)) : await show(c, idParam(c))
    const said =
      c.var.format === 'page' && post.status === 'published' && !post.deletedAt && (await discussionOn(c, post.id))
    return reply(c, {
      json: () => post,
      part: () => <PostPart post={post} />,
      page: () => (
        <PostPage post={post} {...(!c.var.viewer && { origin: originOf(c) })}>
          {said && <Discussion {...said} />}
        </PostPage>
      ),
    })
  })
  .get(
    '/:id{[0-9]+}/menu',
    api('Get a post with its address, and whether you said that it does not interest you.', {
      answers: object(() => ({ url: z.string(), post: postSchema, muted: z.boolean() })),
      errors: [404],
    }),
    async (c) => {
      const { app, viewer: me } = c.var
      const post = await show(c, idParam(c))
      const muted = !!me && (await isPostMuted(app.db, me, post.id))
      const menu = { post, url: `${originOf(c)}/posts/${post.id}`, muted }
      return reply(c, {
        json: () => menu,
        part: () => <PostMenuPart {...menu} />,
        page: () => <PostMenuPage {...menu} />,
      })
    },
  )
  .get('/:id{[0-9]+}/edit', async (c) => {
    const post = postJson(await findOwnPost(c.var.app.db, viewer(c), idParam(c)), viewerContextOf(c))
    return reply(c, { json: () => post, page: () => <EditPostPage post={post} /> })
  })
  .patch(
    '/:id{[0-9]+}',
    api('Change a post. Omitted fields stay as they are.', {
      body: patchSchema,
      answers: postSchema,
      errors: [401, 403, 404, 409],
    }),
    async (c) => {
      const { db, now, config } = c.var.app
      const { write } = c.var
      const me = viewer(c)
      const id = idParam(c)
      const patch = await input(c, patchSchema, async (form) => {
        const post = postJson(await findOwnPost(db, me, id), viewerContextOf(c))
        return <EditPostForm {...form} post={post} />
      })
      refusePrice(c, patch.price)
      if (patch.adultsOnly && !(await findOwnPost(db, me, id)).post.adultsOnly) requireAdultAuthor(me, true)
      const { publishAt, ...others } = patch
      const changes = publishAt === undefined ? others : { ...others, publishAt: publishTimeOf(c, publishAt) }
      const flagged = judgeTexts(c, [{ field: 'caption', text: patch.caption, path: 'caption' }])
      await write((tx) => changePost(tx, me, id, changes, { now: now(), crowd: config.crowd }, flagged))
      const post = await show(c, id)
      return replyChanged(c, { json: () => post }, `/posts/${id}`)
    },
  )
  .delete('/:id{[0-9]+}', api('Delete a post and its files.', { errors: [401, 403] }), async (c) => {
    const { now } = c.var.app
    const { write } = c.var
    const me = viewer(c)
    const id = idParam(c)
    await write((tx) => deletePost(tx, me, id, now()))
    return replyGone(c, `/users/${me.handle}`, { leave: true })
  })
