import { expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { block, unblock } from '../../src/blocks/model'
import { openDatabase } from '../../src/db/database'
import type { Store, Tx } from '../../src/db/open'
import { unfollow } from '../../src/follows/model'
import { refund } from '../../src/library/refund'
import { purchases } from '../../src/library/table'
import { mute } from '../../src/mutes/model'
import { deletePost, removePost } from '../../src/posts/delete'
import { changePost } from '../../src/posts/edit'
import { endSession, startSession } from '../../src/sessions/model'
import { changePassword, deleteAccount } from '../../src/users/account'
import { findAccount } from '../../src/users/model'
import { liftSuspension, suspend } from '../../src/users/suspension'
import { type Json, TINY } from '../harness'
import { type Market, market } from '../market'
import { pinhole, servePinhole } from '../process'
import { until } from '../until'

type Change = Parameters<typeof changePost>
const change = (tx: Tx, me: Change[1], id: number, patch: Change[3], now: Date) =>
  changePost(tx, me, id, patch, { now, crowd: 1000 })

/**
 * A community in which Ann has a free post, a paid one and one for followers. Bob and Eve follow her, and Bob and the
 * boss have bought.
 */
async function communityWithPosts() {
  const m = await market({ PINHOLE_RATE_LIMITS: 'off' })
  for (const fan of [m.bob, m.eve]) await m.api(fan, 'PUT /follows/ann')
  await m.api(m.bob, 'PUT /follows/eve')
  const free = await m.post(m.ann, { fileIds: [await m.photo(m.ann), await m.photo(m.ann)] })
  const paid = await m.post(m.ann, { price: 30 })
  const friends = await m.post(m.ann, { visibility: 'followers' })
  const eves = await m.post(m.eve)
  for (const buyer of [m.bob, m.boss]) {
    await m.grant(buyer, 30)
    await m.buy(buyer, paid)
  }
  return { ...m, free, paid, friends, eves }
}
type WithPosts = Awaited<ReturnType<typeof communityWithPosts>>
type Link = { who: 'ann' | 'bob' | 'eve' | 'boss'; post: number; file: number; url: string }

const PEOPLE = ['ann', 'bob', 'eve', 'boss'] as const

/** All media links that these people currently get. */
async function linksOf(m: WithPosts): Promise<Link[]> {
  const links: Link[] = []
  for (const who of PEOPLE)
    for (const post of [m.free, m.paid, m.friends, m.eves]) {
      const { status, body } = await m.api(m[who], `GET /posts/${post.id}`)
      if (status === 200)
        for (const { id, renditions } of body.files)
          for (const { url } of Object.values<Json>(renditions)) links.push({ who, post: post.id, file: id, url })
    }
  return links
}

async function statusOf(m: Market & WithPosts, { who, url }: Link): Promise<number> {
  const answer = await m.request(url, { as: m[who] })
  return answer.status === 200 && (await answer.text()) !== TINY ? 0 : answer.status
}

const whereField = (field: 'who' | 'post' | 'file', value: (m: WithPosts) => unknown) => (m: WithPosts, link: Link) =>
  link[field] === value(m)
const nothing = () => false
const ofPeople =
  (...people: Link['who'][]) =>
  (_: WithPosts, { who }: Link) =>
    people.includes(who)
const second = (m: WithPosts) => m.free.files[1].id

const suspendAnn = async (tx: Tx, m: WithPosts, now: Date) =>
  suspend(tx, null, await findAccount(tx, m.ann.id), 'Spam.', now)

type Cause = [
  what: string,
  change: (tx: Tx, m: WithPosts, now: Date) => Promise<unknown>,
  ended: (m: WithPosts, link: Link) => boolean,
]
const causes: Cause[] = [
  [
    'a refund',
    async (tx, m, now) =>
      refund(tx, (await tx.select().from(purchases).where(eq(purchases.buyerId, m.bob.id)))[0]!, m.ann.id, now),
    whereField('who', () => 'bob'),
  ],
  [
    'free becomes paid',
    (tx, m, now) => change(tx, m.ann, m.free.id, { price: 5 }, now),
    whereField('post', (m) => m.free.id),
  ],
  [
    'narrower visibility',
    (tx, m, now) => change(tx, m.ann, m.free.id, { visibility: 'followers' }, now),
    whereField('post', (m) => m.free.id),
  ],
  ['a deleted post', (tx, m, now) => deletePost(tx, m.ann, m.free.id, now), whereField('post', (m) => m.free.id)],
  [
    'a deleted post that was sold',
    (tx, m, now) => deletePost(tx, m.ann, m.paid.id, now),
    whereField('post', (m) => m.paid.id),
  ],
  [
    'a post removed by staff',
    (tx, m, now) => removePost(tx, { ...m.boss, role: 'admin' }, m.paid.id, now),
    whereField('post', (m) => m.paid.id),
  ],
  [
    'a photo taken out',
    (tx, m, now) => change(tx, m.ann, m.free.id, { fileIds: [m.free.files[0].id] }, now),
    whereField('file', second),
  ],
  [
    'unfollowing a person with posts for followers only',
    (tx, m, now) => unfollow(tx, m.bob, m.ann, now),
    whereField('who', () => 'bob'),
  ],
  ['unfollowing a person without such posts', (tx, m, now) => unfollow(tx, m.bob, m.eve, now), nothing],
  [
    'a new password',
    (tx, m, now) => changePassword(tx, m.bob.id, 'x', now, m.bob.sessionId),
    whereField('who', () => 'bob'),
  ],
  ['signing out', (tx, m, now) => endSession(tx, m.bob.id, m.bob.sessionId, now), whereField('who', () => 'bob')],
  ['a block by the author', (tx, m, now) => block(tx, m.ann, m.bob, now), ofPeople('ann', 'bob')],
  ['a block by the viewer', (tx, m, now) => block(tx, m.eve, m.ann, now), ofPeople('ann', 'eve')],
  [
    'a block undone in the same moment',
    async (tx, m, now) => {
      await block(tx, m.ann, m.bob, now)
      await unblock(tx, m.ann, m.bob)
    },
    ofPeople('ann', 'bob'),
  ],
  ['a mute', (tx, m, now) => mute(tx, m.bob, m.ann, now), nothing],
  ['a suspension', suspendAnn, (m, { who, post }) => who === 'ann' || post !== m.eves.id],
  [
    'a suspension lifted in the same moment',
    async (tx, m, now) => {
      await suspendAnn(tx, m, now)
      await liftSuspension(tx, null, await findAccount(tx, m.ann.id), m.app.now())
    },
    (m, { who, post }) => who === 'ann' || post !== m.eves.id,
  ],
  [
    'a deleted account',
    (tx, m, now) => deleteAccount(tx, m.ann, now, { forfeit: true }),
    (m, { who, post }) => who === 'ann' || post !== m.eves.id,
  ],
  ['another price', (tx, m, now) => change(tx, m.ann, m.paid.id, { price: 50 }, now), nothing],
  ['paid becomes free', (tx, m, now) => change(tx, m.ann, m.paid.id, { price: 0 }, now), nothing],
  ['wider visibility', (tx, m, now) => change(tx, m.ann, m.friends.id, { visibility: 'everyone' }, now), nothing],
]

for (const [what, change, ended] of causes) {
  test(`${what} immediately revokes the links that it has to, and no others`, async () => {
    using m = await communityWithPosts()
    await expectEnded(m, ended, () => m.app.write((tx) => change(tx, m, m.app.now())))
  })

  test(`${what} in another process revokes the same links as soon as the change is noticed`, async () => {
    using m = await communityWithPosts()
    const noticed = new Promise<void>((resolve) => m.app.onChange(() => resolve()))
    await expectEnded(m, ended, async () => {
      await elsewhere(m, (store) => store.write((tx) => change(tx, m, m.app.now())))
      await noticed
    })
  })
}

async function expectEnded(m: WithPosts, ended: Cause[2], change: () => Promise<unknown>) {
  const links = await linksOf(m)
  expect([links.length > 40, new Set(await Promise.all(links.map((link) => statusOf(m, link))))]).toEqual([
    true,
    new Set([200]),
  ])
  await change()
  for (const link of links) {
    const status = await statusOf(m, link)
    expect({ ...link, opens: status === 200, refused: [403, 410].includes(status) }).toEqual({
      ...link,
      opens: !ended(m, link),
      refused: ended(m, link),
    })
  }
  // People who may still see something get links that work.
  for (const link of await linksOf(m))
    expect({ ...link, status: await statusOf(m, link) }).toEqual({ ...link, status: 200 })
}

async function elsewhere<R>({ place }: WithPosts, use: (store: Store) => Promise<R>): Promise<R> {
  const store = await openDatabase(place)
  try {
    return await use(store)
  } finally {
    store.close()
  }
}

const fromOutside: [what: string, change: (m: WithPosts) => Promise<unknown>][] = [
  ['a deleted post', (m) => elsewhere(m, (store) => store.write((tx) => deletePost(tx, m.ann, m.paid.id, new Date())))],
  [
    'a suspension by the command line',
    (m) => pinhole(['users', 'suspend', 'ann', '--reason', 'Spam.', '--data', m.dir]),
  ],
  ['a block', (m) => elsewhere(m, (store) => store.write((tx) => block(tx, m.ann, m.bob, new Date())))],
]

for (const [what, change] of fromOutside)
  test(`a running server notices ${what} by another process, and other links keep working`, async () => {
    using m = await communityWithPosts()
    await using server = await servePinhole(m.dir)
    const tokenOf = async ({ id }: { id: number }) =>
      m.app.sessionTokens.sign(await m.app.write((tx) => startSession(tx, id, 'test', new Date())))
    const [bob, boss] = [await tokenOf(m.bob), await tokenOf(m.boss)]
    const get = (path: string, token: string) =>
      fetch(`${server.address}${path}`, { headers: { authorization: `Bearer ${token}` } })
    const linkTo = async (post: { id: number }, token: string) =>
      ((await (await get(`/api/posts/${post.id}`, token)).json()) as Json).files[0].renditions.full.url
    const [lost, kept] = [await linkTo(m.paid, bob), await linkTo(m.eves, boss)]
    expect([(await get(lost, bob)).status, (await get(kept, boss)).status]).toEqual([200, 200])
    await change(m)
    await until('the link of the lost post is refused', async () => (await get(lost, bob)).status !== 200)
    expect([(await get(lost, bob)).status, (await get(kept, boss)).status]).toEqual([410, 200])
  })
