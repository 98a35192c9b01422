import { expect, test } from 'bun:test'
import { problem, testApp } from '../../test/harness'

const TEXT = 'The darkroom is closed on Friday.'
const HERE = '/users/account/announcement'
/** The pages in a members-only community on which strangers read what the host writes to everyone. */
const WAYS_IN = ['/sessions/new', '/users/new', '/users/new/waiting', '/pages/rules']

async function hosted(access: 'members' | 'public', settings: object = {}) {
  const t = await testApp({ PINHOLE_ACCESS: access, PINHOLE_REGISTRATION: 'open' })
  const boss = await t.user('boss', { role: 'admin' })
  await t.api(boss, 'PUT /admin/pages/rules', { text: 'Be kind.' })
  const set = (patch: object) => t.api(boss, 'PATCH /admin/settings', patch)
  expect((await set({ announcement: TEXT, ...settings })).status).toBe(200)
  /** Whether this page shows the announcement, to a stranger unless `browser` is somebody. */
  const shows = async (path: string, init: Parameters<typeof t.request>[1] = {}) => {
    const answer = await t.request(path, init)
    expect([path, answer.status]).toEqual([path, 200])
    return (await answer.text()).includes(TEXT)
  }
  return { t, boss, set, shows, [Symbol.dispose]: () => t[Symbol.dispose]() }
}

for (const access of ['members', 'public'] as const)
  test(`strangers of a community for ${access} read no announcement unless it is for everyone`, async () => {
    using place = await hosted(access)
    const { t, boss, set, shows } = place
    const pages = [...WAYS_IN, ...(access === 'public' ? ['/', '/explore', '/users/boss'] : [])]
    for (const path of pages) expect([path, await shows(path)]).toEqual([path, false])
    expect(await t.api(null, `GET ${HERE}`)).toEqual(problem(401, 'unauthenticated'))
    expect(await t.api(null, `DELETE ${HERE}`)).toEqual(problem(401, 'unauthenticated'))
    expect(await shows('/', { browser: boss })).toBe(true)
    await set({ announcementFor: 'everyone' })
    for (const path of pages) expect([path, await shows(path)]).toEqual([path, true])
    expect((await t.api(null, `GET ${HERE}`)).body.text).toBe(TEXT)
    expect(await shows('/', { browser: boss })).toBe(true)
    await set({ announcementFor: null })
    for (const path of pages) expect([path, await shows(path)]).toEqual([path, false])
    expect((await set({ announcementFor: 'strangers' })).status).toBe(422)
  })

test('an announcement for everyone ends for strangers on its last day, too, and no proxy keeps a page with it', async () => {
  using place = await hosted('public', { announcementFor: 'everyone', announcementUntil: '2026-01-02' })
  const { t, shows } = place
  expect((await t.request('/')).headers.get('cache-control')).toBe('private, no-cache')
  t.pass(40 * 3600_000)
  expect(await shows('/')).toBe(true)
  t.pass(10 * 3600_000)
  expect(await shows('/')).toBe(false)
  expect((await t.api(null, `GET ${HERE}`)).body).toEqual({ text: '', mark: '' })
})

test('the page for lost connections, which browsers keep, has no announcement, and nor has a page with another purpose', async () => {
  using place = await hosted('members', { announcementFor: 'everyone' })
  for (const path of ['/offline', '/appeals/new']) expect([path, await place.shows(path)]).toEqual([path, false])
})

test('a stranger closes the announcement in this browser and stays where they were, with their invitation', async () => {
  using place = await hosted('members', { announcementFor: 'everyone' })
  const { t, boss, shows, set } = place
  const { body: invite } = await t.api(boss, 'POST /invites', {})
  const path = `/users/new?invite=${new URL(invite.url).searchParams.get('invite')}`
  const page = await (await t.request(path)).text()
  const action = /action="([^"]*account\/announcement[^"]*)"/.exec(page)![1]!.replaceAll('&amp;', '&')
  const sent = await t.request(action, { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } })
  expect([sent.status, sent.headers.get('location')]).toEqual([303, path])
  const cookie = sent.headers.get('set-cookie')!.split(';')[0]!
  expect(await shows('/sessions/new', { headers: { cookie } })).toBe(false)
  expect(await shows('/', { headers: { cookie: `session=${boss.token}; ${cookie}` } })).toBe(false) // who signs in then
  expect(await shows('/sessions/new')).toBe(true)
  await set({ announcement: `${TEXT} And on Saturday.` })
  expect(await shows('/sessions/new', { headers: { cookie } })).toBe(true)
  const other = await t.request(action, { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } })
  expect([other.status, other.headers.get('set-cookie')]).toEqual([403, null])
})

test('closing the announcement of a list leads back to the same part of it', async () => {
  using place = await hosted('public')
  const { t, boss } = place
  const page = await (await t.request('/search?q=a&in=users', { browser: boss })).text()
  const action = /action="([^"]*account\/announcement[^"]*)"/.exec(page)![1]!.replaceAll('&amp;', '&')
  const sent = await t.request(action, { method: 'POST', browser: boss })
  expect(sent.headers.get('location')).toBe('/search?q=a&in=users')
})
