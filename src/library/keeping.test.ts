import { expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Json, problem, type Somebody, TINY } from '../../test/harness'
import { type Market, market } from '../../test/market'
import { startSession } from '../sessions/model'
import { deleteAccount } from '../users/account'
import { refundSome } from './refund'

/** Creates a post by Ann that Bob has bought for 30 of his 100 coins. */
async function sold(env = {}, draft: object = {}) {
  const m = await market(env)
  const post = await m.post(m.ann, { price: 30, caption: 'ours', ...draft })
  await m.grant(m.bob, 100)
  await m.buy(m.bob, post)
  return { ...m, item: post, file: post.files[0].id as number }
}

const urls = (post: Json): string[] =>
  post.files.flatMap(({ renditions }: Json) => Object.values(renditions).map(({ url }: Json) => url))
const ids = ({ body }: { body: Json }) => body.items.map(({ id }: Json) => id)

/** Reads the post from Bob's library and by its address, with all of its media. */
async function expectKept(m: Market, who: Somebody, id: number) {
  for (const path of [`/posts/${id}`, `/library/${id}`]) {
    const { status, body } = await m.api(who, `GET ${path}`)
    expect([path, status, body.locked, body.caption]).toEqual([path, 200, false, 'ours'])
    expect(urls(body).length).toBe(4)
    for (const url of urls(body)) {
      const answer = await m.request(url, { as: who })
      expect([url, answer.status, await answer.text()]).toEqual([url, 200, TINY])
    }
  }
  expect(ids(await m.api(who, 'GET /library'))).toContain(id)
  expect((await m.request(`/posts/${id}`, { browser: who })).status).toBe(200)
}

async function expectGone(m: Market, who: Somebody, id: number) {
  for (const path of [`/posts/${id}`, `/library/${id}`])
    expect([path, (await m.api(who, `GET ${path}`)).status]).toEqual([path, 404])
  for (const path of ['/posts', '/library', '/inbox', '/users/ann/posts']) {
    const list = await m.api(who, `GET ${path}`)
    if (list.status === 200) expect([path, ids(list)]).toEqual([path, []])
  }
}

test('when the author deletes a sold post, its buyers keep it and nobody else sees it', async () => {
  using m = await sold()
  await m.api(m.bob, 'PUT /follows/ann')
  await m.runJobs()
  await m.api(m.ann, `DELETE /posts/${m.item.id}`)
  await m.runJobs()
  await expectKept(m, m.bob, m.item.id)
  await expectGone(m, m.eve, m.item.id)
  await expectGone(m, m.ann, m.item.id)
  for (const path of ['/posts', '/inbox', '/users/ann/posts'])
    expect([path, ids(await m.api(m.bob, `GET ${path}`))]).toEqual([path, []])
  expect((await m.api(m.ann, `PATCH /posts/${m.item.id}`, { caption: 'x' })).status).toBe(404)
  expect((await m.api(m.ann, `DELETE /posts/${m.item.id}`)).status).toBe(204)
  expect((await m.api(m.bob, `DELETE /posts/${m.item.id}`)).status).toBe(204)
  m.pass(40 * 24 * 3600_000)
  await m.api(m.ann, 'GET /posts')
  const bob = { ...m.bob, ...(await signInAgain(m, m.bob)) }
  await m.runJobs()
  await expectKept(m, bob, m.item.id)
  expect(await m.audit()).toEqual([])
})

/** Signs in again, because the earlier session has expired. */
async function signInAgain(m: Market, user: Somebody) {
  const session = await m.app.write((tx) => startSession(tx, user.id, 'test', m.app.now()))
  return { token: await m.app.sessionTokens.sign(session) }
}

test('when the author leaves, buyers keep what they bought, and everything else is erased', async () => {
  using m = await sold()
  const unsold = await m.post(m.ann, { price: 30 })
  await m.app.write((tx) => deleteAccount(tx, m.ann, m.app.now(), { forfeit: true }))
  await expectKept(m, m.bob, m.item.id)
  await m.runJobs()
  await expectKept(m, m.bob, m.item.id)
  await expectGone(m, m.eve, m.item.id)
  expect(existsSync(join(m.dir, 'media', String(unsold.files[0].id)))).toBe(false)
  expect(await m.buy(m.eve, m.item)).toEqual(problem(404, 'not_found'))
  expect(await m.audit()).toEqual([])
})

test('the author cannot remove files from a sold post', async () => {
  using m = await sold()
  const other = await m.photo(m.ann)
  expect(await m.api(m.ann, `PATCH /posts/${m.item.id}`, { fileIds: [other] })).toEqual(problem(409, 'sold'))
  expect(await m.api(m.ann, `DELETE /files/${m.file}`)).toEqual(problem(409, 'file_in_use'))
  expect((await m.api(m.ann, `PATCH /posts/${m.item.id}`, { fileIds: [other, m.file], caption: 'ours' })).status).toBe(
    200,
  )
  expect((await m.api(m.bob, `GET /posts/${m.item.id}`)).body.files.map(({ id }: Json) => id)).toEqual([other, m.file])
  const unsold = await m.post(m.ann, { price: 30 })
  expect((await m.api(m.ann, `PATCH /posts/${unsold.id}`, { fileIds: [await m.photo(m.ann)] })).status).toBe(200)
})

test('when the last buyer of a deleted post leaves, its files are erased', async () => {
  using m = await sold()
  await m.grant(m.eve, 30)
  await m.buy(m.eve, m.item)
  await m.api(m.ann, `DELETE /posts/${m.item.id}`)
  const leave = async (who: Somebody) => {
    await m.app.write((tx) => deleteAccount(tx, who, m.app.now(), { forfeit: true }))
    await m.runJobs()
  }
  const folder = join(m.dir, 'media', String(m.file))
  await leave(m.bob)
  expect(existsSync(folder)).toBe(true)
  await leave(m.eve)
  expect([existsSync(folder), await m.audit()]).toEqual([false, []])
})

test('when staff remove a post, everybody loses it at once and buyers are refunded', async () => {
  using m = await sold()
  await m.grant(m.eve, 30)
  await m.buy(m.eve, m.item)
  const links = urls((await m.api(m.bob, `GET /posts/${m.item.id}`)).body)
  const remove = () => m.api(m.boss, `DELETE /admin/posts/${m.item.id}`)
  expect((await m.api(m.bob, `DELETE /admin/posts/${m.item.id}`)).status).toBe(403)
  expect((await remove()).status).toBe(204)
  await expectGone(m, m.bob, m.item.id)
  for (const url of links) expect((await m.request(url, { as: m.bob })).status).toBe(410)
  expect(await m.buy(m.eve, m.item)).toEqual(problem(404, 'not_found'))
  await m.runJobs()
  expect([await m.wallet(m.bob), await m.wallet(m.eve), await m.wallet(m.ann)]).toEqual([
    { balance: 100, earned: 0, reserved: 0 },
    { balance: 30, earned: 0, reserved: 0 },
    { balance: 0, earned: 0, reserved: 0 },
  ])
  const { items } = (await m.api(m.bob, 'GET /coins/entries')).body
  expect(items[0]).toMatchObject({ kind: 'refund', coins: 30, balanceAfter: 100, postId: m.item.id })
  expect((await remove()).status).toBe(204)
  await m.runJobs()
  expect([(await m.wallet(m.bob)).balance, existsSync(join(m.dir, 'media', String(m.file))), await m.audit()]).toEqual([
    100,
    false,
    [],
  ])
  expect((await m.api(m.ann, 'GET /users/ann')).body.posts).toBe(0)
})

test('when staff remove a post that its author had deleted, buyers lose it as well', async () => {
  using m = await sold()
  await m.api(m.ann, `DELETE /posts/${m.item.id}`)
  await m.runJobs()
  await m.api(m.boss, `DELETE /admin/posts/${m.item.id}`)
  await expectGone(m, m.bob, m.item.id)
  await m.runJobs()
  expect([(await m.wallet(m.bob)).balance, await m.audit()]).toEqual([100, []])
  expect((await m.api(m.ann, 'GET /users/ann')).body.posts).toBe(0)
})

test('a refund returns bought coins as bought and earned coins as earned', async () => {
  using m = await market()
  const [first, second] = [await m.post(m.ann, { price: 30 }), await m.post(m.eve, { price: 40 })]
  await m.grant(m.bob, 30)
  await m.grant(m.ann, 25)
  await m.buy(m.bob, first)
  await m.buy(m.ann, second)
  expect(await m.wallet(m.ann)).toMatchObject({ balance: 15, earned: 15 })
  await m.api(m.boss, `DELETE /admin/posts/${second.id}`)
  await m.runJobs()
  expect([await m.wallet(m.ann), await m.wallet(m.eve), await m.audit()]).toEqual([
    { balance: 55, earned: 30, reserved: 0 },
    { balance: 0, earned: 0, reserved: 0 },
    [],
  ])
})

test('coins the author has already spent become their debt, and no balance goes below zero', async () => {
  using m = await sold()
  await m.buy(m.ann, await m.post(m.eve, { price: 20 }))
  await m.api(m.boss, `DELETE /admin/posts/${m.item.id}`)
  await m.runJobs()
  using other = m.openDatabase()
  const debts = other.query(`select user_id, balance from coin_accounts where kind = 'debt'`).all()
  expect(debts).toEqual([{ user_id: m.ann.id, balance: -20 }])
  expect([
    (await m.wallet(m.bob)).balance,
    (await m.wallet(m.ann)).balance,
    (await m.wallet(m.eve)).balance,
    await m.audit(),
  ]).toEqual([100, 0, 20, []])
})

test('an interrupted refund continues where it stopped and pays nobody twice', async () => {
  using m = await market({ PINHOLE_RATE_LIMITS: 'off' })
  const post = await m.post(m.ann, { price: 3 })
  const buyers = await Promise.all(Array.from({ length: 150 }, (_, i) => m.user(`buyer${i}`)))
  await Promise.all(buyers.map((buyer) => m.grant(buyer, 3)))
  await Promise.all(buyers.map((buyer) => m.buy(buyer, post)))
  await m.api(m.boss, `DELETE /admin/posts/${post.id}`)
  expect(await m.app.write((tx) => refundSome(tx, post.id, m.ann.id, m.app.now()))).toBe(true)
  expect(await m.audit()).toEqual([])
  await m.runJobs()
  const held = await Promise.all(buyers.map(async (buyer) => (await m.wallet(buyer)).balance))
  expect([new Set(held), (await m.wallet(m.ann)).balance, await m.audit()]).toEqual([new Set([3]), 0, []])
})

test('a debt is paid with the next sales, and the buyer is notified of the refund', async () => {
  using m = await sold()
  await m.buy(m.ann, await m.post(m.eve, { price: 20 }))
  await m.api(m.boss, `DELETE /admin/posts/${m.item.id}`)
  await m.runJobs()
  const [told] = (await m.api(m.bob, 'GET /notifications')).body.items
  expect(told).toMatchObject({ kind: 'refund', url: '/coins', coins: m.item.price })
  using other = m.openDatabase()
  const debt = () =>
    other.query<{ balance: number }, []>(`select balance from coin_accounts where kind = 'debt'`).get()!.balance
  await m.buy(m.bob, await m.post(m.ann, { price: 15 }))
  expect([debt(), await m.wallet(m.ann)]).toEqual([-5, { balance: 0, earned: 0, reserved: 0 }])
  await m.buy(m.bob, await m.post(m.ann, { price: 15 }))
  expect([debt(), await m.wallet(m.ann), await m.audit()]).toEqual([0, { balance: 10, earned: 10, reserved: 0 }, []])
})
