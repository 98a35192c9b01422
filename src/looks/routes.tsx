import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { guestLookSchema, lookSchema, MOST_HOURS, MOST_TIMES } from '../../shapes/looks'
import { later, object } from '../../shapes/object'
import { GuestPage } from '../../views/looks/guest'
import { LookForm, LooksPage, LooksPart, NewLookPage } from '../../views/looks/list'
import type { Env } from '../context'
import { api } from '../http/api'
import { originOf } from '../http/client'
import { guestOf, holdsLook, setLookCookie } from '../http/guests'
import { idIn, idParam, input } from '../http/input'
import { nextLink, wanted } from '../http/list'
import { translateOf } from '../http/locale'
import { replyChanged, replyGone, replySecret } from '../http/reply'
import { viewer } from '../http/viewer'
import { type ViewerContext, viewerContextOf } from '../http/viewer-context'
import { onceByKey } from '../idempotency/by-key'
import { keyField } from '../idempotency/fields'
import { findPost } from '../posts/feed'
import { postJson } from '../posts/json'
import { Problem } from '../problem'
import { beginLook, findLook, isUnderWay, openedElsewhere } from './guest'
import { guestLookJson, lookJson } from './json'
import { giveLook, listLooks, revokeLook } from './model'
import type { Look } from './table'

const times = later(() => z.int().min(1).max(MOST_TIMES, 'A link can be good for at most 10 looks.'))
const hours = later(() => z.int().min(1).max(MOST_HOURS, 'A look can last at most 72 hours.'))
const draftSchema = object(() => ({
  postId: z.int(),
  price: z.int().default(0).describe('The price that you were shown; authors give 0.'),
  kind: z
    .enum(['times', 'hours'])
    .default('times')
    .describe('Whether the link is good for some looks or for some hours.'),
  times: times().default(1),
  hours: hours().default(24),
  idempotencyKey: keyField(),
}))

const isToken = (text: string) => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)

/** Links for guests may be turned off, which also closes those that were made. */
function requireOn(c: Context<Env>): void {
  if (c.var.app.settings().guestLinks !== 'on')
    throw new Problem('not_found', 'Links for guests are turned off in this community.')
}

/** Signs the link again on every call. It always leads to the same row. */
async function toJson(c: Context<Env>, look: Look) {
  const { links, now } = c.var.app
  return lookJson(look, `${originOf(c)}/looks/${await links.sign('look', look.id, look.expiresAt)}`, now())
}

/** A guest is shown media links of their own, which work until their look ends. */
function contextOfGuest(c: Context<Env>, { id, openUntil }: Look): ViewerContext {
  const { mediaUrls } = c.var.app
  const urlOf: ViewerContext['urlOf'] = (file, bytes) =>
    mediaUrls.urlOf({ viewer: guestOf(id), file, asOf: c.var.asOf }, bytes, openUntil ?? new Date(0))
  return { viewer: null, t: translateOf(c), urlOf, remembered: (_file, _from, _forAnyone, make) => make() }
}

async function idOfToken(c: Context<Env, '/:link'>): Promise<number> {
  requireOn(c)
  const token = c.req.param('link')
  if (!isToken(token)) throw new Problem('not_found', 'There is nothing at this address.')
  const id = await c.var.app.links.read('look', token)
  if (id === undefined) throw new Problem('gone', 'This link is no longer valid.')
  return id
}

async function guestPage(c: Context<Env>, id: number, token: string, isHolder: boolean) {
  const now = c.var.app.now()
  const found = await findLook(c.var.app.db, id, now)
  if (found.look.used > 0 && !isHolder) throw openedElsewhere()
  const json = guestLookJson(found, isHolder, contextOfGuest(c, found.look), now)
  return replySecret(c, { json: () => json, page: () => <GuestPage look={json} token={token} /> })
}

export const looks = new Hono<Env>()
  .get('/', api('List the links for guests that you made.', { lists: lookSchema, errors: [401] }), async (c) => {
    const page = await listLooks(c.var.app.db, viewer(c), wanted(c))
    const next = nextLink(c, page)
    const items = await Promise.all(
      page.items.map(async ({ look, caption }) => ({ ...(await toJson(c, look)), caption })),
    )
    return replySecret(c, {
      json: () => ({ ...page, items: items.map(({ caption: _, ...look }) => look) }),
      part: () => <LooksPart looks={items} next={next} />,
      page: () => <LooksPage looks={items} next={next} />,
    })
  })
  .get('/new', async (c) => {
    requireOn(c)
    const id = idIn(c.req.query('postId')) ?? 0
    const post = postJson(await findPost(c.var.app.db, viewer(c), id), viewerContextOf(c))
    return replySecret(c, { json: () => ({ post }), page: () => <NewLookPage post={post} /> })
  })
  .post(
    '/',
    api('Make a link by which somebody without an account sees one post for a while. Authors make it for nothing.', {
      body: draftSchema,
      made: lookSchema,
      once: true,
      errors: [401, 402, 404, 409],
    }),
    async (c) => {
      requireOn(c)
      const asked = await input(c, draftSchema, async (form) => {
        const id = idIn(form.values?.postId) ?? 0
        const post = postJson(await findPost(c.var.app.db, viewer(c), id), viewerContextOf(c))
        return <LookForm {...form} post={post} />
      })
      const { kind, times, hours, ...draft } = asked
      const { feePercent, coins } = c.var.app.settings()
      const wish = kind === 'times' ? { ...draft, times, hours: null } : ({ ...draft, times: null, hours } as const)
      const look = await onceByKey(c, 'POST /looks', asked, async (tx, me, now) =>
        toJson(c, await giveLook(tx, me, wish, { feePercent, hasCoins: coins === 'on', now })),
      )
      return replyChanged(c, { json: () => look }, '/looks', { made: `/looks/${look.id}` })
    },
  )
  .delete(
    '/:link',
    api('End a link for a guest, your own or one to your post. If nobody has opened it, its coins come back.', {
      params: { link: z.int().min(1).describe('The id of the link.') },
      errors: [401],
    }),
    async (c) => {
      const { now } = c.var.app
      await c.var.write((tx) => revokeLook(tx, viewer(c), idParam(c, 'link'), now()))
      return replyGone(c, '/looks', { leave: true })
    },
  )
  .get(
    '/:link',
    api('See what a link for a guest leads to, without beginning a look.', {
      params: { link: z.string().describe('The token of the link.') },
      answers: guestLookSchema,
      errors: [403, 404, 410],
    }),
    async (c) => {
      const id = await idOfToken(c)
      return guestPage(c, id, c.req.param('link'), holdsLook(c.var.app, c.req.raw, c.env, id))
    },
  )
  .post(
    '/:link',
    api('Begin a look. The first one gives the link to this browser, by a cookie.', {
      params: { link: z.string().describe('The token of the link.') },
      answers: guestLookSchema,
      errors: [403, 404, 410],
    }),
    async (c) => {
      const { app } = c.var
      const id = await idOfToken(c)
      const token = c.req.param('link')
      const isHolder = holdsLook(app, c.req.raw, c.env, id)
      const look = await c.var.write((tx) => beginLook(tx, id, isHolder, app.now()))
      setLookCookie(c, id)
      if (c.var.format === 'json' && isUnderWay(look, app.now())) return guestPage(c, id, token, true)
      return replyGone(c, `/looks/${token}`, { leave: true })
    },
  )
