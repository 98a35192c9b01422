import { expect, test } from 'bun:test'
import { type As, type Json, problem, TINY } from '../../test/harness'
import { type Market, market } from '../../test/market'
import { endDueLooks } from './end'

const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS

/** A browser without an account, which keeps the cookies of links. */
function guestOf(m: Market) {
  let cookie = ''
  const ask = async (method: string, path: string, json = true) => {
    const answer = await m.request(`${json ? '/api' : ''}${path}`, {
      method,
      headers: { ...(cookie && { cookie }), 'sec-fetch-site': 'same-origin' },
    })
    const [, set] = /^(look_\d+=[\w-]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? []
    if (set) cookie = set
    return answer
  }
  const body = async (method: string, path: string) => {
    const answer = await ask(method, path)
    const text = await answer.text()
    return { status: answer.status, body: text ? JSON.parse(text) : undefined, headers: answer.headers }
  }
  return {
    see: (path: string) => body('GET', path),
    look: (path: string) => body('POST', path),
    page: async (path: string) => (await ask('GET', path, false)).text(),
    form: (path: string) => ask('POST', path, false),
    open: async (url: string) => (await m.request(url, { headers: { ...(cookie && { cookie }) } })).status,
  }
}

async function withLooks(env: Record<string, string> = {}) {
  const m = await market(env)
  const paid = await m.post(m.ann, { price: 30, caption: 'Paid sea' })
  await m.grant(m.bob, 100)
  const give = (as: As | null, draft: object = {}, headers?: Record<string, string>) =>
    m.api(as, 'POST /looks', { postId: paid.id, price: 30, ...draft }, headers)
  const pathOf = ({ url }: Json) => new URL(url).pathname
  const balances = async () => [(await m.wallet(m.bob)).balance, (await m.wallet(m.ann)).balance]
  const mine = async (as: As = m.bob) => (await m.api(as, 'GET /looks')).body.items
  return { ...m, paid, give, pathOf, balances, mine }
}

const fileOf = ({ body }: { body: Json }) => body.post.files[0].renditions.full.url as string

test('coins let one browser without an account see one post a number of times, each for an hour', async () => {
  using m = await withLooks()
  await m.api(m.boss, 'PATCH /admin/settings', { feePercent: 10 })
  const made = await m.give(m.bob, { kind: 'times', times: 2 })
  expect([made.status, made.body]).toMatchObject([201, { coins: 30, times: 2, hours: null, used: 0, refunded: false }])
  expect(await m.balances()).toEqual([70, 27])
  expect((await m.api(m.bob, 'GET /coins/entries')).body.items[0]).toMatchObject({ kind: 'look', coins: -30 })
  expect((await m.api(m.ann, 'GET /notifications')).body.items[0]).toMatchObject({ kind: 'look', coins: 30 })

  const [guest, other] = [guestOf(m), guestOf(m)]
  const path = m.pathOf(made.body)
  for (let at = 0; at < 3; at++) expect((await guest.see(path)).body).toMatchObject({ left: 2, post: null })
  const first = await guest.look(path)
  expect([first.status, first.body]).toMatchObject([200, { left: 1, post: { id: m.paid.id, locked: false } }])
  expect(await (await m.request(fileOf(first))).text()).not.toBe(TINY)
  expect([await guest.open(fileOf(first)), await other.open(fileOf(first))]).toEqual([200, 403])
  expect((await m.request(fileOf(first), { as: m.eve })).status).toBe(403)
  m.pass(HOUR_MS / 2)
  expect((await guest.look(path)).body.left).toBe(1) // the look that is under way
  for (const see of [other.see, other.look]) expect(await see(path)).toMatchObject(problem(403, 'opened_elsewhere'))
  m.pass(HOUR_MS)
  expect([(await guest.see(path)).body.post, await guest.open(fileOf(first))]).toEqual([null, 410])
  const second = await guest.look(path)
  expect([second.body.left, await guest.open(fileOf(second))]).toEqual([0, 200])
  m.pass(HOUR_MS)
  for (const see of [guest.see, guest.look]) expect(await see(path)).toMatchObject(problem(410, 'gone'))
  expect([await m.balances(), await m.audit()]).toEqual([[70, 27], []])
})

test('a look of some hours begins when it is opened, and shows nothing but the post', async () => {
  using m = await withLooks()
  const { body } = await m.give(m.bob, { kind: 'hours', hours: 48 })
  m.pass(20 * DAY_MS)
  const guest = guestOf(m)
  const shown = await guest.look(m.pathOf(body))
  m.pass(47 * HOUR_MS)
  const later = await guest.see(m.pathOf(body))
  expect(later.body).toMatchObject({ hours: 48, left: 0, post: { caption: 'Paid sea' } })
  expect([await guest.open(fileOf(shown)), await guest.open(fileOf(later))]).toEqual([410, 200])
  for (const path of ['/posts', `/posts/${m.paid.id}`, `/posts/${m.paid.id}/comments`, '/users/ann'])
    expect([path, (await guest.see(path)).status]).toEqual([path, 401])
  m.pass(HOUR_MS)
  expect(await guest.open(fileOf(later))).toBe(410)
  expect(await guest.see(m.pathOf(body))).toMatchObject(problem(410, 'gone'))
})

test('a link that ends unopened gives the coins back, by its giver, by its author or by time, and another does not', async () => {
  using m = await withLooks()
  const give = async () => (await m.give(m.bob)).body
  const [mine, hers, forgotten] = [await give(), await give(), await give()]
  expect(await m.balances()).toEqual([10, 90])
  expect(await m.give(m.bob)).toEqual(problem(402, 'insufficient_coins'))
  await m.api(m.eve, `DELETE /looks/${mine.id}`) // not hers: nothing happens
  expect(await m.balances()).toEqual([10, 90])
  for (let at = 0; at < 2; at++) expect((await m.api(m.bob, `DELETE /looks/${mine.id}`)).status).toBe(204)
  await m.api(m.ann, `DELETE /looks/${hers.id}`)
  expect(await m.balances()).toEqual([70, 30])
  const guest = guestOf(m)
  const shown = await guest.look(m.pathOf(forgotten))
  await m.api(m.bob, `DELETE /looks/${forgotten.id}`)
  expect([await guest.open(fileOf(shown)), (await guest.see(m.pathOf(forgotten))).status]).toEqual([410, 410])
  expect(await m.balances()).toEqual([70, 30])
  const last = await give()
  m.pass(31 * DAY_MS)
  await m.app.write((tx) => endDueLooks(tx, m.app.now()))
  using db = m.openDatabase()
  const { refund_id } = db.query<{ refund_id: number }, [number]>('select * from looks where id = ?').get(last.id)!
  expect(refund_id).toBeGreaterThan(0)
  expect([await m.balances(), await m.audit()]).toEqual([[70, 30], []])
})

test('a deleted or removed post ends its links, and gives back what nobody has used', async () => {
  using m = await withLooks()
  const [used] = [(await m.give(m.bob)).body, await m.give(m.bob)]
  const guest = guestOf(m)
  const shown = await guest.look(m.pathOf(used))
  await m.api(m.boss, `DELETE /admin/posts/${m.paid.id}`)
  await m.runJobs()
  expect([await guest.open(fileOf(shown)), (await guest.see(m.pathOf(used))).status]).toEqual([410, 410])
  expect([await m.balances(), await m.audit()]).toEqual([[70, 30], []])
})

test('authors show what is theirs for nothing, and others only paid posts that are for everyone', async () => {
  using m = await withLooks()
  const free = await m.post(m.ann)
  const inner = await m.post(m.ann, { visibility: 'followers', price: 30 })
  for (const each of [free, inner, m.paid]) {
    const { status, body } = await m.give(m.ann, { postId: each.id, price: 0 })
    expect([status, body.coins]).toEqual([201, 0])
    expect((await guestOf(m).look(m.pathOf(body))).body.post.id).toBe(each.id)
  }
  expect(await m.give(m.bob, { postId: free.id, price: 0 })).toEqual(problem(409, 'not_for_sale'))
  expect(await m.give(m.bob, { postId: inner.id })).toEqual(problem(404, 'not_found'))
  await m.api(m.bob, 'PUT /follows/ann')
  expect(await m.give(m.bob, { postId: inner.id })).toEqual(problem(409, 'followers_only'))
  expect(await m.give(m.bob, { price: 29 })).toEqual(problem(409, 'price_changed', { price: 30 }))
  expect(await m.give(null)).toEqual(problem(401, 'unauthenticated'))
  for (const wrong of [{ times: 0 }, { times: 11 }, { kind: 'hours', hours: 73 }, { kind: 'ever' }])
    expect([wrong, await m.give(m.bob, wrong)]).toEqual([wrong, problem(422, 'invalid')])
  expect([await m.balances(), await m.audit()]).toEqual([[100, 0], []])
  const { body } = await m.give(m.ann, { price: 0 })
  await m.api(m.boss, 'PATCH /admin/settings', { guestLinks: 'off' })
  expect([(await guestOf(m).see(m.pathOf(body))).status, (await m.give(m.bob)).status]).toEqual([404, 404])
})

test('a repeated request makes and pays one link, and guests at once begin one look', async () => {
  using m = await withLooks()
  const key = { 'idempotency-key': 'same' }
  const made = await Promise.all([m.give(m.bob, {}, key), m.give(m.bob, {}, key), m.give(m.bob, {}, key)])
  const ids = new Set(made.flatMap(({ status, body }) => (status === 201 ? body.id : [])))
  expect([ids.size, await m.balances()]).toEqual([1, [70, 30]])
  const path = m.pathOf(made.find(({ status }) => status === 201)!.body)
  const looked = await Promise.all(Array.from({ length: 8 }, () => guestOf(m).look(path)))
  expect(looked.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(403)])
  expect((await m.mine())[0]).toMatchObject({ used: 1 })
  const many = await Promise.all(Array.from({ length: 5 }, () => m.give(m.bob)))
  expect(many.map(({ status }) => status).sort()).toEqual([201, 201, 402, 402, 402])
  expect([await m.balances(), await m.audit()]).toEqual([[10, 90], []])
})

test('forged links and cookies open nothing, and a giver who leaves ends the link', async () => {
  using m = await withLooks({ PINHOLE_ACCESS: 'public' })
  const { body } = await m.give(m.bob)
  const path = m.pathOf(body)
  const guest = guestOf(m)
  expect((await guest.see(`${path}x`)).status).toBe(410)
  expect((await guest.see('/looks/a.b.c')).status).toBe(410)
  const shown = await guest.look(path)
  const forged = await m.request(fileOf(shown), { headers: { cookie: `look_${body.id}=${'A'.repeat(43)}` } })
  expect(forged.status).toBe(403)
  const crossSite = await m.request(path, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } })
  expect(crossSite.status).toBe(403)
  const [leaving] = [await m.user('leaving', { password: 'a long password' })]
  await m.grant(leaving, 30)
  const theirs = (await m.give(leaving)).body
  await m.api(leaving, 'DELETE /users/account', { password: 'a long password', immediately: true })
  await m.runJobs()
  expect([(await guestOf(m).see(m.pathOf(theirs))).status, await m.audit()]).toEqual([410, []])
})

test('a guest looks on pages without JavaScript, and the giver sees the link in the list', async () => {
  using m = await withLooks()
  const page = async (path: string) => (await m.request(path, { browser: m.bob })).text()
  expect(await page(`/posts/${m.paid.id}/menu`)).toContain(`/looks/new?postId=${m.paid.id}`)
  expect(await page(`/looks/new?postId=${m.paid.id}`)).toContain('Make the link · 30 coins')
  const form = { postId: String(m.paid.id), price: '30', kind: 'times', times: '1', hours: '24', idempotencyKey: 'a' }
  const made = await m.request('/looks', { method: 'POST', browser: m.bob, form })
  expect([made.status, made.headers.get('location')]).toEqual([303, '/looks'])
  const [, path = ''] = /value="http:\/\/localhost(\/looks\/[^"]+)"/.exec(await page('/looks')) ?? []
  const guest = guestOf(m)
  const cover = await guest.page(path)
  expect(cover).toContain('gives you a look at a post by')
  expect(cover).not.toContain('Paid sea')
  const begun = await guest.form(path)
  expect([begun.status, begun.headers.get('location')]).toEqual([303, path])
  expect(await guest.page(path)).toContain('Paid sea')
  expect(await guestOf(m).page(path)).toContain('belongs to the browser that opened it first')
  expect(await page('/looks')).toContain('Coins do not come back.')
})

test('the list of links tells no caption that its reader may not read any more', async () => {
  using m = await withLooks()
  await m.give(m.bob)
  const shows = async (caption: string) =>
    (await (await m.request('/looks', { browser: m.bob })).text()).includes(caption)
  expect(await shows('Paid sea')).toBe(true)
  await m.api(m.ann, 'PUT /blocks/bob')
  await m.api(m.ann, `PATCH /posts/${m.paid.id}`, { caption: 'Written later' })
  for (const caption of ['Paid sea', 'Written later']) expect([caption, await shows(caption)]).toEqual([caption, false])
})

test('authors give looks at their own posts without coins, and no page speaks of coins', async () => {
  using m = await withLooks()
  const { body } = await m.give(m.ann, { price: 0 })
  expect(await guestOf(m).page(m.pathOf(body))).toContain('gives you a look at one of their posts')
  const list = await (await m.request('/looks', { browser: m.ann })).text()
  expect(list).toContain('The link stops working, also for whoever has opened it.')
  expect(list).not.toContain('Coins do not come back.')
})
