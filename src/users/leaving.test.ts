import { expect, test } from 'bun:test'
import { type Json, problem } from '../../test/harness'
import { mailApp } from '../../test/mail-app'
import { market } from '../../test/market'
import { enqueue } from '../jobs/queue'

const password = 'a long password'
const DAY_MS = 24 * 3600_000

/** Cat has coins, followers and a buyer, and wants to leave. */
async function withLeaver() {
  const m = await market()
  const cat = await m.user('cat', { password })
  await m.grant(m.bob, 100)
  await m.grant(cat, 30)
  const [sold, free] = [await m.post(cat, { price: 10, caption: 'Sold' }), await m.post(cat, { caption: 'Free' })]
  await m.buy(m.bob, sold)
  await m.api(m.bob, 'PUT /follows/cat')
  await m.runJobs()
  const sweep = async () => {
    await m.app.write((tx) => enqueue(tx, 'upkeep.sweep', {}, m.app.now()))
    await m.runJobs()
  }
  const leave = (more: object = {}) => m.api(cat, 'DELETE /users/account', { password, ...more })
  const signIn = (more: object = {}) => m.api(null, 'POST /sessions', { handle: 'cat', password, ...more })
  return { ...m, cat, sold, free, sweep, leave, signIn }
}

test('who leaves is hidden at once, and buyers keep what they bought', async () => {
  using m = await withLeaver()
  const { url } = (await m.api(m.eve, `GET /posts/${m.free.id}`)).body.files[0].renditions.feed
  expect((await m.leave()).status).toBe(204)
  expect((await m.api(m.cat, 'GET /users/account')).status).toBe(401)
  for (const path of ['/users/cat', `/posts/${m.free.id}`, `/posts/${m.sold.id}`])
    expect([path, (await m.api(m.eve, `GET ${path}`)).status]).toEqual([path, 404])
  expect((await m.request(url, { as: m.eve })).status).toBe(410)
  for (const list of ['/posts', '/inbox', '/follows'])
    expect(JSON.stringify((await m.api(m.bob, `GET ${list}`)).body)).not.toContain('"cat"')
  const kept = (await m.api(m.bob, 'GET /library')).body.items[0]
  expect(kept).toMatchObject({ id: m.sold.id, locked: false })
  expect((await m.request(kept.files[0].renditions.feed.url, { as: m.bob })).status).toBe(200)
  expect(await m.api(null, 'POST /users', { handle: 'cat', password })).not.toMatchObject({ status: 201 })
})

test('until then one comes back by signing in and saying so, with everything, coins too', async () => {
  using m = await withLeaver()
  await m.leave()
  m.pass(13 * DAY_MS)
  await m.sweep()
  expect((await m.api(null, 'POST /sessions', { handle: 'cat', password: 'a wrong password' })).body.code).toBe(
    'unauthenticated',
  )
  expect(await m.signIn()).toEqual(problem(401, 'account_leaving', { eraseAt: '2026-01-15T00:00:00.000Z' }))
  const back = await m.signIn({ comeBack: true })
  expect(back).toMatchObject({ status: 201, body: { user: { handle: 'cat', erasedAt: null, suspension: null } } })
  const cat = { token: back.body.token }
  expect((await m.api(cat, 'GET /coins')).body.balance).toBe(40)
  expect((await m.api(m.bob, 'GET /users/cat')).body).toMatchObject({ posts: 2, viewer: { following: true } })
  m.pass(10 * DAY_MS)
  await m.sweep()
  expect((await m.api(m.bob, 'GET /users/cat')).status).toBe(200)
})

test('whoever leaves reads the day of the end in their language and time zone, when they sign in and by mail', async () => {
  await using m = await mailApp({ env: { PINHOLE_TIME_ZONE: 'Asia/Seoul' } })
  const ends: Record<string, [locale: string, day: string][]> = {
    'Asia/Seoul': [
      ['ko', '2026년 1월 16일'],
      ['en', 'Jan 16, 2026'],
    ],
    'America/New_York': [['en', 'Jan 15, 2026']],
  }
  m.pass(16 * 3600_000) // the 2nd of January in Seoul
  for (const [timeZone, days] of Object.entries(ends))
    for (const [locale, day] of days) {
      const handle = `${locale}_${timeZone.slice(0, 4).toLowerCase()}`
      const leaver = await m.reachable(handle, { password })
      await m.api(leaver, 'PATCH /users/account', { locale, ...(timeZone !== 'Asia/Seoul' && { timeZone }) })
      await m.api(leaver, 'DELETE /users/account', { password })
      const { body } = await m.api(null, 'POST /sessions', { handle, password }, { 'accept-language': locale })
      expect(body.eraseAt).toBe('2026-01-15T16:00:00.000Z')
      const says = { ko: `삭제 중인 계정이에요. ${day}에 완전히 삭제돼요.`, en: `will be erased on ${day}.` }[locale]!
      expect(body.detail).toContain(says)
      await m.runJobs()
      expect(m.smtp.to(leaver.email)!.text).toContain(
        { ko: `${day}에 모든 내용이 완전히 삭제돼요.`, en: `will be erased on ${day}.` }[locale]!,
      )
    }
})

test('after the days it is erased with its coins, and the handle becomes free', async () => {
  using m = await withLeaver()
  await m.leave()
  m.pass(14 * DAY_MS)
  await m.sweep()
  expect(await m.signIn({ comeBack: true })).toEqual(problem(401, 'unauthenticated'))
  using db = m.openDatabase()
  expect(db.query("select count(*) from users where handle = 'cat'").values()).toEqual([[0]])
  expect(db.query("select count(*) from entries where kind = 'forfeit'").values()).not.toEqual([[0]])
  expect((await m.api(m.bob, 'GET /library')).body.items).toMatchObject([{ id: m.sold.id, locked: false }])
})

test('the page asks for agreement, offers to come back, and signs in with it', async () => {
  using m = await withLeaver()
  const send = (form: Record<string, string>) =>
    m.request('/users/account?_method=DELETE', { method: 'POST', browser: m.cat, form: { password, ...form } })
  expect((await send({})).status).toBe(409)
  expect((await send({ forfeit: 'on' })).status).toBe(303)
  const enter = (form: Record<string, string> = {}) =>
    m.request('/sessions', { method: 'POST', form: { handle: 'cat', password, ...form } })
  const asked = await enter()
  expect([asked.status, (await asked.text()).includes('name="comeBack"')]).toEqual([401, true])
  expect((await enter({ comeBack: 'on' })).status).toBe(303)
})

test('administrators delete an account and keep it again; moderators cannot, and coins are not lost by accident', async () => {
  using m = await withLeaver()
  const mod = await m.user('mod', { role: 'moderator' })
  expect(await m.api(mod, 'DELETE /admin/users/cat', {})).toEqual(problem(403, 'forbidden'))
  expect(await m.api(m.boss, 'DELETE /admin/users/boss', {})).toEqual(problem(409, 'own_account'))
  expect(await m.api(m.boss, 'DELETE /admin/users/cat', {})).toEqual(problem(409, 'balance_left', { balance: 40 }))
  expect((await m.api(m.boss, 'DELETE /admin/users/cat', { forfeit: true })).status).toBe(204)
  expect((await m.signIn()).body.code).toBe('account_leaving')
  const listed = async (state: string) =>
    (await m.api(m.boss, `GET /admin/users?state=${state}`)).body.items.map(({ handle }: Json) => handle)
  expect([await listed('leaving'), await listed('suspended')]).toEqual([['cat'], []])
  expect(await (await m.request('/users/cat', { browser: m.boss })).text()).toContain('Being deleted')
  expect((await m.api(m.boss, 'DELETE /admin/users/cat/deletion')).status).toBe(204)
  expect((await m.signIn()).status).toBe(201)
  const kinds = (await m.api(m.boss, 'GET /admin/actions')).body.items.map(({ kind }: Json) => kind)
  expect(kinds.slice(0, 2)).toEqual(['deletion_cancelled', 'deletion_begun'])
})

test('a suspended person who is deleted stays suspended, and lifting the suspension does not end the deletion', async () => {
  using m = await withLeaver()
  await m.api(m.boss, 'PUT /admin/users/cat/suspension', { reason: 'Spam' })
  await m.api(m.boss, 'DELETE /admin/users/cat', { forfeit: true })
  expect(await m.signIn({ comeBack: true })).toEqual(problem(403, 'suspended'))
  await m.api(m.boss, 'DELETE /admin/users/cat/suspension')
  expect((await m.api(m.bob, 'GET /users/cat')).status).toBe(404)
  expect((await m.signIn({ comeBack: true })).status).toBe(201)
  expect((await m.api(m.bob, 'GET /users/cat')).status).toBe(200)
})

test('without days of grace, and for who wishes so, everything is erased at once', async () => {
  using m = await withLeaver()
  await m.leave({ immediately: true })
  expect(await m.signIn({ comeBack: true })).toEqual(problem(401, 'unauthenticated'))
  using n = await withLeaver()
  await n.api(n.boss, 'PATCH /admin/settings', { graceDays: 0 })
  await n.leave()
  expect(await n.signIn({ comeBack: true })).toEqual(problem(401, 'unauthenticated'))
})
