import { expect } from 'bun:test'
import { eq } from 'drizzle-orm'
import { files } from '../src/files/table'
import type { As, Json, Somebody } from './harness'
import { market } from './market'
import { pushService } from './push-service'

export type FullCommunity = Awaited<ReturnType<typeof fullCommunity>>

/**
 * Addresses that are left out: files of the server itself, bytes, streams, and what few people ask for, with a token
 * that works once or a payment provider. The pages of the staff are left out, too.
 */
const APART = new Set([
  '/media/*',
  '/assets/:file',
  '/marks/:hash/:name',
  '/source',
  '/sw.js',
  '/manifest.webmanifest',
  '/theme.css',
  '/robots.txt',
  '/.well-known/security.txt',
  '/healthz',
  '/readyz',
  '/metrics',
  '/offline',
  '/events',
  '/files/:id/original',
  '/uploads/:id',
  '/setup',
  '/coins/checkouts/:id',
  '/coins/checkouts/:id/pay',
  '/coins/checkouts/:id/return',
  '/looks/:link',
  '/mail',
  '/mail/unsubscriptions',
  '/users/resets/requests/new',
  '/users/resets/requests/sent',
  '/users/resets/new',
  '/users/verifications/new',
])

/** What these addresses must be asked with. */
const QUERIES = {
  '/oembed': 'url=http%3A%2F%2Flocalhost%2Fposts%2F1',
  '/search': 'q=sea',
  '/users': 'near=an',
  '/looks/new': 'postId=2',
  '/posts/newer': 'than=1_1',
  '/coins/tips/new': 'handle=ann',
  '/reports/new': 'handle=ann',
}

/** An app of somebody else, and what it asks a person to allow. */
const APP = 'https://app.example.org/back'
const ALLOW = {
  response_type: 'code',
  redirect_uri: APP,
  code_challenge: 'c'.repeat(43),
  code_challenge_method: 'S256',
  scope: 'read',
}

/**
 * A community in which Bob and the administrator `boss` have something on every page: posts of all kinds, comments,
 * purchases, gifts, tips, payouts, reports, blocks, mutes, devices and notifications.
 */
export async function fullCommunity() {
  const t = await market({ PINHOLE_ACCESS: 'public', PINHOLE_PUSH_ALLOW_PRIVATE: '1', PINHOLE_RATE_LIMITS: 'off' })
  const { boss, ann, bob, eve } = t
  const service = pushService({})
  const [dan, mia] = [await t.user('dan'), await t.user('mia')]
  const done = async (as: As, call: string, json?: unknown): Promise<Json> => {
    const { status, body } = await t.api(as, call, json)
    expect([call, status < 300, status < 300 || body]).toEqual([call, true, true])
    return body
  }
  await done(boss, 'PATCH /admin/settings', { payouts: 'on', payoutHoldDays: 0, payoutMinCoins: 1 })
  for (const each of [ann, bob, eve]) await t.grant(each, 500)
  await done(bob, 'PUT /follows/ann')
  await done(bob, 'PUT /follows/eve')
  for (const each of [ann, eve]) await done(each, 'PUT /follows/bob')
  await done(bob, 'PUT /blocks/dan')
  await done(bob, 'PUT /mutes/mia')

  const posted: Json[] = []
  const post = async (as: Somebody, draft: Json = {}) => {
    t.pass(1000)
    posted.push(await t.post(as, draft))
    return posted.at(-1)!
  }
  const [theirs, paid, gift] = [await post(ann), await post(ann, { price: 5 }), await post(ann, { price: 7 })]
  await post(ann, { fileIds: [await t.photo(ann), await t.photo(ann)], visibility: 'followers' })
  const dull = await post(eve)
  await done(bob, `PUT /muted-posts/${dull.id}`)
  const own = await post(bob, { price: 3, caption: 'Own sea #sea' })
  const deleted = await post(bob)
  await done(bob, `DELETE /posts/${deleted.id}`)
  await t.api(bob, 'POST /posts', { fileIds: [await t.photo(bob)], caption: 'with an own picture' })
  await done(bob, 'PUT /users/account', { avatarFileId: await t.photo(bob) })
  const loose = await t.photo(bob)
  const collection = await done(bob, 'POST /collections', { name: 'Sea' })
  await done(bob, `PUT /collections/${collection.id}/posts/${theirs.id}`)
  await done(bob, 'PUT /posts/draft', { caption: 'Not yet', fileIds: [await t.photo(bob)] })
  await post(bob, { publishAt: '2026-06-01T12:00:00Z' })

  await t.buy(bob, paid)
  await t.buy(eve, own)
  await done(bob, `POST /posts/${gift.id}/gifts`, { handle: 'eve', price: 7 })
  await done(bob, 'POST /coins/tips', { handle: 'ann', coins: 2, postId: theirs.id })
  await done(eve, 'POST /coins/tips', { handle: 'bob', coins: 40, postId: own.id })
  await done(bob, 'POST /coins/redemptions', { code: await t.voucher() })
  const payout = await done(bob, 'POST /coins/payouts', { coins: 10 })
  await done(bob, 'POST /coins/topups', { coins: 10, note: 'in cash' })
  await done(boss, 'POST /admin/vouchers', { coins: 5, count: 1, uses: 2, days: 10 })
  await done(boss, 'POST /admin/packs', { coins: 100, price: '5', currency: 'eur' })
  await done(boss, 'PUT /admin/pages/contact', { text: 'Write to boss@example.com.' })
  for (const each of [bob, boss]) await done(each, 'POST /invites', { uses: 2 })

  const said = await done(bob, `POST /posts/${theirs.id}/comments`, { text: 'Lovely, @ann.' })
  for (let i = 0; i < 5; i++)
    await done(ann, `POST /posts/${theirs.id}/comments`, { text: `Thank you, @bob. ${i}`, parentId: said.id })
  await done(eve, `POST /posts/${own.id}/comments`, { text: 'Very nice, @bob.' })
  for (const each of [bob, eve])
    for (const mark of ['like', 'bookmark']) await done(each, `PUT /posts/${theirs.id}/${mark}`)
  for (const each of [ann, eve]) await done(each, `PUT /posts/${own.id}/like`)
  const report = await done(bob, 'POST /reports', { postId: theirs.id, reason: 'spam' })
  await done(eve, 'POST /reports', { commentId: said.id, reason: 'rude' })
  await done(eve, 'POST /reports', { handle: 'mia', reason: 'rude' })
  const { publicKey } = await done(bob, 'GET /push/key')
  const { endpoint, keys } = await service.device(publicKey)
  const device = await done(bob, 'POST /push/subscriptions', { endpoint, keys })
  const exported = await done(bob, 'POST /users/account/exports')
  const hook = await done(bob, 'POST /hooks', { url: 'http://127.0.0.1:9/', events: ['post'] })
  const app = await done(bob, 'POST /oauth/apps', { name: 'Frame', redirectUris: [APP] })
  await t.runJobs()
  await post(ann)
  await t.runJobs()

  const film = await t.photo(bob)
  await t.app.write((tx) => tx.update(files).set({ kind: 'video', duration: 10 }).where(eq(files.id, film)))

  const values: Record<string, string | number> = {
    '/coins/payouts/:id': payout.id,
    '/coins/statements/:month': '2026-01',
    '/collections/:id': collection.id,
    '/comments/:id': said.id,
    '/files/:id/captions': film,
    '/hooks/:id': hook.id,
    '/files/:id': loose,
    '/library/:id': paid.id,
    '/muted-posts/:id': dull.id,
    '/pages/:name': 'contact',
    '/push/subscriptions/:id': device.id,
    '/reports/:id': report.id,
    '/tags/:tag': 'sea',
    '/users/account/exports/:id': exported.id,
    '/users/:handle': 'ann',
  }
  const queries: Record<string, string> = {
    ...QUERIES,
    '/oauth/authorize': String(new URLSearchParams({ ...ALLOW, client_id: app.clientId })),
  }
  return {
    ...t,
    dan,
    mia,
    posts: { theirs, paid, own },
    values,
    queries,
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]()
      t[Symbol.dispose]()
    },
  }
}

type Ask = () => Promise<unknown>

/**
 * Visits every page and list as Bob, as the administrator and as a visitor. `visit` gets each address and a function
 * that asks for it, as a page and as JSON.
 */
export async function askEverything(
  t: FullCommunity,
  visit: (path: string, ask: Ask) => Promise<unknown>,
  headers: Record<string, string> = {},
): Promise<void> {
  const found = new Set<string>()
  for (const who of [t.bob, t.boss, undefined])
    for (const path of addressesOf(t))
      await visit(path, async () => {
        const page = await t.request(path, { browser: who, headers })
        const list = await t.request(`/api${path}`, { as: who, headers })
        if (page.ok || list.ok) found.add(path)
        await Promise.all([page.text(), list.text()])
      })
  expect(addressesOf(t).filter((path) => !found.has(path))).toEqual([])
}

/** Fills the pattern of every page and list with what belongs to Bob, or is about Ann. */
function addressesOf({ routes, values, queries, posts }: FullCommunity): string[] {
  const patterns = new Set(
    routes.filter(({ method, path }) => method === 'GET' && !path.startsWith('/api/')).map(({ path }) => path),
  )
  return [...patterns]
    .map((pattern) => pattern.replace(/\{[^}]*\}/g, ''))
    .filter((pattern) => !APART.has(pattern) && !/^\/(admin|:icon)/.test(pattern))
    .flatMap((pattern) => {
      if (pattern === '/users/:handle/:list') return ['/users/ann/followers', '/users/bob/following']
      if (pattern === '/posts/:id/edit') return [`/posts/${posts.own.id}/edit`]
      if (pattern.startsWith('/posts/:id')) return Object.values(posts).map(({ id }) => pattern.replace(':id', id))
      if (pattern in queries) return [`${pattern}?${queries[pattern]}`]
      const start = Object.keys(values).find((each) => pattern === each || pattern.startsWith(`${each}/`))
      return [start ? pattern.replace(start, start.replace(/:\w+/, String(values[start]))) : pattern]
    })
}
