import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { BunFile } from 'bun'
import { desc, eq } from 'drizzle-orm'
import { Hono } from 'hono'
import type { Env } from '../../src/context'
import type { Kind } from '../../src/leaktest/people'
import type { Way } from '../../src/leaktest/run'
import type { Storage } from '../../src/media/storage'
import { sessions } from '../../src/sessions/table'
import { partOf } from '../part'
import { carelessLinks } from './careless-links'
import { type Community, community } from './community'
import { type Fault, runLeaktest } from './run-leaktest'

let c: Community
beforeAll(async () => {
  c = await community()
})
afterAll(() => c[Symbol.dispose]())

type Careless = Parameters<typeof carelessLinks>[2]
const links = (...forgotten: Careless[]): Fault => ({
  part: (app, dataDir) => ({ mediaUrls: carelessLinks(app, dataDir, ...forgotten) }),
  early: true,
})
const storage = (open: (real: Storage) => Storage['open']): Fault => ({
  part: ({ storage }) => ({ storage: { ...storage, open: open(storage) } }),
})
const something = new Blob(['who knows what'])
const unknown = {
  bytes: something.size,
  type: 'image/webp',
  etag: '"unknown"',
  at: { file: something as BunFile },
  stream: () => something.stream(),
}
const HUGE = 'data:image/webp;base64,UklGRh4AAABXRUJQVlA4TBEAAAAvP8APAAdQpP/+n4iI/gcA' // 64 × 64

const everybodyIsAnn: Fault = {
  async part({ db, sessionTokens }) {
    const [session] = await db
      .select()
      .from(sessions)
      .where(eq(sessions.userId, c.ann.id))
      .orderBy(desc(sessions.id))
      .limit(1)
    return {
      sessionTokens: {
        ...sessionTokens,
        read: async (token) => (token ? { userId: c.ann.id, sessionId: session!.id } : null),
      },
    }
  },
}

/** Answers by the authority of the moment when the headers of a request arrived. */
const answersEarly: Fault = {
  front: (hono) =>
    new Hono<Env>().all('*', async (c) => {
      if (c.req.method !== 'PATCH') return hono.fetch(c.req.raw, c.env)
      const answer = await hono.fetch(new Request(c.req.url, { headers: c.req.raw.headers }), c.env)
      await c.req.arrayBuffer()
      return answer
    }),
}

/** Lets every token that is made from now on do everything. */
const WITHOUT_SCOPES =
  'create trigger careless after insert on sessions begin update sessions set scopes = null where id = new.id; end'

/** A fault, the part of the leak test that must find it, and an entry of the report in which it shows. */
const faults: [what: string, way: Way, door: string, fault: Fault][] = [
  ['signatures are not checked', 'links', 'one character changed', links('signature')],
  ['anyone may use a link', 'links', 'a copied link', links('viewer')],
  ['a link that one person opened works for everyone', 'links', 'a copied link', links('viewer of a known link')],
  ['public links work in a community for members only', 'links', 'a link for anyone', links('access of the community')],
  ['the expiry is not signed', 'links', 'one character changed', links('expiry in the signature')],
  ['the viewer is not signed', 'links', 'a copied link, under their name', links('viewer in the signature')],
  ['the class is not signed', 'links', 'another class', links('class in the signature')],
  ['the file is not signed', 'links', 'another file', links('file in the signature')],
  ['the epochs are not signed', 'links', 'one character changed', links('epochs in the signature')],
  ['links never expire', 'old', 'an expired link', links('expiry')],
  ['the revocation of the links to a file is ignored', 'old', 'a link ended with its file', links('epochs of files')],
  [
    'the revocation of the links of a person is ignored',
    'old',
    'a link ended with its person',
    links('epochs of viewers'),
  ],
  [
    'a refund and an unfollowing end no links',
    'links',
    'a link from before they lost access',
    links('epochs of viewers'),
  ],
  [
    'refunds and unfollowing revoke no links',
    'links',
    'a link from before they lost access',
    links('epochs of viewers'),
  ],
  ['paths are normalised after they were checked', 'paths', 'tricks with the path', links('paths')],
  [
    'sessions still work after signing out',
    'old',
    'an ended session',
    { part: ({ revoked }) => ({ revoked: { ...revoked, sessions: new Set() } }) },
  ],
  ['a request keeps the authority it began with', 'old', 'a request from before their session ended', answersEarly],
  [
    'the preview is the full photo',
    'links',
    'their own preview',
    storage(
      ({ open }) =>
        (id, name) =>
          open(id, name.replace('preview/blurred', 'full/full')),
    ),
  ],
  [
    'the photo is the original file',
    'links',
    'their own link',
    storage(
      ({ open }) =>
        (id, name) =>
          open(id, name === 'full/full.webp' ? 'original' : name),
    ),
  ],
  [
    'one file is served for another',
    'links',
    'their own link',
    storage(
      ({ open }) =>
        (_, name) =>
          open(c.paid.files[0].id, name),
    ),
  ],
  ['unknown bytes are served', 'links', 'their own link', storage(() => async () => unknown)],
  ['everyone is signed in as somebody else', 'doors', '/', everybodyIsAnn],
  [
    'a push contains a link to the photo',
    'pushes',
    'pushes',
    {
      part: ({ push, mediaUrls }) => ({
        push: {
          ...push,
          words: () => ({
            title: 'new',
            body: mediaUrls.urlOf({ viewer: 0, file: c.paid.files[0].id, asOf: 0 }, 'full/full.webp'),
          }),
        },
      }),
    },
  ],
  ['webhooks ignore blocks', 'hooks', 'webhooks', { sql: 'delete from blocks' }],
  ['webhooks tell of followers’ posts', 'hooks', 'webhooks', { sql: "update posts set visibility = 'everyone'" }],
  ['webhooks show paid photos', 'hooks', 'webhooks', { sql: 'update posts set price = 0' }],
  ['apps without a scope may read', 'apps', 'apps without the scope', { sql: WITHOUT_SCOPES }],
  [
    'the community is public',
    'doors',
    '/',
    { part: ({ settings }) => ({ settings: () => ({ ...settings(), access: 'public' as const }) }) },
  ],
  ['prices are ignored', 'doors', '/', { sql: 'update posts set price = 0' }],
  ['visibility is ignored', 'doors', '/', { sql: "update posts set visibility = 'everyone'" }],
  ['private accounts are public', 'doors', '/', { sql: 'update users set private = 0' }],
  [
    'everybody follows private accounts',
    'doors',
    '/',
    { sql: 'insert or ignore into follows select followee_id, follower_id, 1, 0 from follow_requests' },
  ],
  ['deleted posts are listed', 'doors', '/', { sql: 'update posts set deleted_at = null' }],
  ['posts of people who left are listed', 'doors', '/', { sql: 'update users set deleted_at = null' }],
  ['blocks are ignored', 'doors', '/', { sql: 'delete from blocks' }],
  ['suspensions are ignored', 'doors', '/', { sql: 'update users set suspended_at = null' }],
  ['everyone is staff', 'doors', '/admin/reports', { sql: "update users set role = 'admin'" }],
  [
    'unpublished posts are listed',
    'doors',
    '/',
    { sql: 'update posts set published_at = coalesce(published_at, created_at)' },
  ],
  ['searches ignore blocks', 'searches', '/api/search', { sql: 'delete from blocks' }],
  ['suggestions ignore blocks', 'searches', '/api/users', { sql: 'delete from blocks' }],
  ['searches ignore suspensions', 'searches', '/api/search', { sql: 'update users set suspended_at = null' }],
  ['searches ignore visibility', 'searches', '/api/search', { sql: "update posts set visibility = 'everyone'" }],
  ['tags ignore visibility', 'searches', '/api/tags/:tag', { sql: "update posts set visibility = 'everyone'" }],
  ['explore ignores visibility', 'searches', '/api/explore', { sql: "update posts set visibility = 'everyone'" }],
  ['searches find private accounts’ posts', 'searches', '/api/search', { sql: 'update users set private = 0' }],
  ['explore lists deleted posts', 'searches', '/api/explore', { sql: 'update posts set deleted_at = null' }],
  ['searches find posts by prices that are ignored', 'searches', '/api/search', { sql: 'update posts set price = 0' }],
  [
    'the tags of hidden posts are suggested',
    'searches',
    '/api/search',
    { sql: 'update tagged set post_id = (select min(id) from posts) where post_id = 3' },
  ],
  ['posts for adults are shown to everybody', 'doors', '/', { sql: 'update posts set adults_only = false' }],
  ['people who took back their age are still adults', 'doors', '/', { sql: 'update users set adult_at = created_at' }],
  ['a refund leaves the post in the library', 'doors', '/', { sql: 'update purchases set ended_at = null' }],
  [
    'buyers keep posts that staff removed',
    'doors',
    '/',
    { sql: 'update posts set removed_at = null, deleted_at = null where removed_at > 0' },
  ],
  [
    'files belong to the wrong person',
    'doors',
    '/api/files',
    { sql: "update files set owner_id = (select id from users where handle = 'bob')" },
  ],
  ['an embedded picture is too large', 'doors', '/', { sql: `update files set placeholder = '${HUGE}'` }],
]

for (const [what, way, door, fault] of partOf(faults, 7))
  test(`the leak test finds that ${what}`, async () => {
    const { ok, leaks } = await runLeaktest(c.dir, {}, fault, [way])
    expect({ ok, doors: leaks.map((leak) => leak.door) }).toEqual({ ok: false, doors: expect.arrayContaining([door]) })
  })

test('the leak test finds links that are not revoked, for each kind of person who keeps some', async () => {
  const kinds = async (...forgotten: Careless[]) => {
    const { leaks } = await runLeaktest(c.dir, {}, links(...forgotten), ['links'])
    return new Set(leaks.flatMap(({ door, kind }) => (door === 'a link from before they lost access' ? kind : [])))
  }
  expect(await kinds('epochs of viewers')).toEqual(
    new Set<Kind>(['lapsed', 'unfollowed', 'refunded', 'unconfirmed', 'blocked', 'blocker']),
  )
  expect(await kinds('epochs of viewers', 'viewer')).toContain('suspended') // two checks keep them out
})

test('our reimplementation of links leaks nothing when no check is left out', async () => {
  const { ok, leaks, shut } = await runLeaktest(c.dir, {}, links(), ['links', 'paths', 'old'])
  expect({ ok, leaks, shut }).toEqual({ ok: true, leaks: [], shut: [] })
})

test('a server that serves nobody fails the leak test, because it proves nothing', async () => {
  const { ok, leaks, shut } = await runLeaktest(
    c.dir,
    {},
    storage(() => async () => null),
    ['links'],
  )
  expect([ok, leaks, shut.length > 0, new Set(shut.map(({ kind }) => kind)).has('owner')]).toEqual([
    false,
    [],
    true,
    true,
  ])
})
