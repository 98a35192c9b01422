import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaults, type SettingsPatch, settingsPatchSchema } from '../../shapes/settings'
import { testApp } from '../../test/harness'
import { openStore, type Store } from '../db/open'
import { changeSettings, fixedNames, readSettings, watchSettings } from './model'

let dir: string
let store: Store
const open = () => openStore(join(dir, 'pinhole.sqlite'), { pollMs: 20 })
const nothing = { fixed: {} }
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  store = open()
})

afterEach(() => {
  store.close()
  rmSync(dir, { recursive: true })
})

const change = (patch: SettingsPatch, config = nothing, by = store) =>
  by.write((tx) => changeSettings(tx, patch, config))

test('fixed values take precedence over those of the staff, and these over the defaults', async () => {
  const config = { fixed: { access: 'public' as const } }
  expect(await readSettings(store.db, config)).toEqual({ ...defaults, access: 'public' })
  await change({ siteName: 'Ours', limits: { posts: 5 } })
  await change({ limits: { signUps: 6 } })
  const limits = { ...defaults.limits, posts: 5, signUps: 6 }
  expect(await readSettings(store.db, config)).toEqual({ ...defaults, siteName: 'Ours', access: 'public', limits })
  await change({ siteName: null, limits: { posts: null } })
  expect((await readSettings(store.db, nothing)).limits).toEqual({ ...defaults.limits, signUps: 6 })
  await change({ limits: null })
  expect(await readSettings(store.db, nothing)).toEqual(defaults)
})

test('a change takes effect at once, and one by another process soon', async () => {
  const settings = await watchSettings(store, nothing)
  await change({ registration: 'open' })
  expect(settings().registration).toBe('open')
  const other = open()
  await change({ registration: 'closed' }, nothing, other)
  other.close()
  for (const until = Date.now() + 2000; settings().registration !== 'closed' && Date.now() < until; )
    await Bun.sleep(10)
  expect(settings().registration).toBe('closed')
})

test('changing a fixed setting is refused together with the rest of the change', async () => {
  const config = { fixed: { quotaMb: 5 } }
  expect(fixedNames(config)).toEqual(['quotaMb'])
  await expect(change({ siteName: 'Ours', quotaMb: 7 }, config)).rejects.toMatchObject({
    kind: 'conflict',
    members: { code: 'setting_fixed' },
  })
  expect(await readSettings(store.db, nothing)).toEqual(defaults)
})

test('every name in a patch is checked', () => {
  const pathsOf = (patch: unknown) =>
    settingsPatchSchema.safeParse(patch).error?.issues.map(({ path }) => path.join('.')) ?? []
  expect(pathsOf({})).toEqual([])
  expect(pathsOf({ accent: '#d2542a', limits: { posts: 1 } })).toEqual([])
  expect(pathsOf({ accent: 'red', maxUploadMb: 0, access: 'all', limits: { posts: 0 } })).toEqual([
    'accent',
    'access',
    'maxUploadMb',
    'limits.posts',
  ])
  expect(settingsPatchSchema.safeParse({ quota: 1 }).success).toBe(false)
  expect(settingsPatchSchema.safeParse({ limits: { typo: 1 } }).success).toBe(false)
})

test('a stored value that this version rejects is ignored', async () => {
  await change({ quotaMb: -1, siteName: 'Ours' })
  expect(await readSettings(store.db, nothing)).toEqual({ ...defaults, siteName: 'Ours' })
})

test('the description is read where people sign in and join, and members read the announcement until its last day', async () => {
  using t = await testApp({ PINHOLE_TIME_ZONE: 'Asia/Seoul' })
  const [boss, ann] = [await t.user('boss', { role: 'admin' }), await t.user('ann')]
  const set = (patch: object) => t.api(boss, 'PATCH /admin/settings', patch)
  expect((await set({ announcementUntil: 'soon' })).status).toBe(422)
  await set({
    registration: 'open',
    description: 'Birds of our bay.',
    announcement: 'We meet on Friday.',
    announcementUntil: '2026-01-02',
  })
  const read = async (path: string, browser?: typeof ann) =>
    (await t.request(path, { ...(browser && { browser }) })).text()
  for (const path of ['/sessions/new', '/users/new']) {
    expect(await read(path)).toContain('Birds of our bay.')
    expect(await read(path)).not.toContain('We meet on Friday.')
  }
  expect(await read('/', ann)).toContain('We meet on Friday.')
  t.pass(38 * 3600_000) // eleven in the evening of the second in Seoul
  expect(await read('/', ann)).toContain('We meet on Friday.')
  t.pass(2 * 3600_000)
  expect(await read('/', ann)).not.toContain('We meet on Friday.')
})

test('whoever closes the announcement sees it again when the host changes its text, and not before', async () => {
  using t = await testApp()
  const [boss, ann] = [await t.user('boss', { role: 'admin' }), await t.user('ann')]
  const announce = (announcement: string) => t.api(boss, 'PATCH /admin/settings', { announcement })
  const read = async (path: string, closed = '') => {
    const cookie = `session=${ann.token}; ${closed}`
    return (await t.request(path, { browser: ann, headers: { cookie } })).text()
  }
  const here = '/users/account/announcement'
  const actionIn = (page: string) =>
    /action="([^"]*account\/announcement[^"]*)"/.exec(page)![1]!.replaceAll('&amp;', '&')
  await announce('We meet on Friday.')
  const page = await read('/explore')
  expect(page).toContain('aria-label="Close the announcement"')
  const sent = await t.request(actionIn(page), { method: 'POST', browser: ann }) // a browser without JavaScript
  expect([sent.status, sent.headers.get('location')]).toEqual([303, '/explore'])
  const closed = sent.headers.get('set-cookie')!.split(';')[0]!
  for (const path of ['/', '/explore', '/users/ann']) expect(await read(path, closed)).not.toContain('We meet')
  expect(await read('/')).toContain('We meet on Friday.') // in another browser
  await announce('We meet on Sunday.')
  expect(await read('/', closed)).toContain('We meet on Sunday.')
  const late = await t.request(actionIn(page), { method: 'POST', browser: ann })
  expect(late.headers.get('set-cookie')).toBeNull() // the page still showed the text before
  const { body } = await t.api(ann, `GET ${here}`)
  expect(body).toEqual({ text: 'We meet on Sunday.', mark: expect.stringMatching(/^[\w-]{16}$/) })
  const gone = await t.api(ann, `DELETE ${here}`)
  expect([gone.status, gone.headers.get('set-cookie')]).toEqual([204, expect.stringContaining(body.mark)])
  expect((await t.api(null, `DELETE ${here}`)).status).toBe(401)
  await announce('')
  expect((await t.api(ann, `GET ${here}`)).body).toEqual({ text: '', mark: '' })
  const elsewhere = await t.request(`${here}?_method=DELETE&next=//evil.example`, { method: 'POST', browser: ann })
  expect(elsewhere.headers.get('location')).toBe('/')
})
