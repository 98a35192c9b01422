import { expect, test } from 'bun:test'
import { type Json, testApp } from '../../test/harness'

const PASSWORD = 'a long password'

/** A browser that keeps its cookies. */
async function withBrowser() {
  const t = await testApp()
  for (const handle of ['ann', 'bob', 'eve']) await t.user(handle, { password: PASSWORD })
  const jar = new Map<string, string>()
  const ask = async (method: string, path: string, form?: Record<string, string>) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await t.request(path, {
      method,
      headers: { 'sec-fetch-site': 'same-origin', ...(cookie && { cookie }) },
      ...(form && { form }),
    })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (/max-age=0/i.test(set)) jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }
  const signIn = (handle: string) => ask('POST', '/sessions', { handle, password: PASSWORD })
  const who = async () => (await (await ask('GET', '/api/users/account')).json()).handle
  const others = async () =>
    (await (await ask('GET', '/api/sessions/accounts')).json()).items.map(({ handle }: Json) => handle)
  const switchTo = (handle: string) => ask('POST', `/sessions/current?handle=${handle}&_method=PUT`, {})
  return { ...t, jar, ask, signIn, who, others, switchTo }
}

test('several accounts are signed in in one browser, and one of them is in use', async () => {
  using t = await withBrowser()
  await t.signIn('ann')
  expect((await t.ask('GET', '/sessions/new')).status).toBe(303)
  const adding = await (await t.ask('GET', '/sessions/new?add=1')).text()
  for (const part of ['name="password"', 'stays signed in here', 'href="/sessions/accounts"'])
    expect(adding).toContain(part)
  await t.signIn('bob')
  expect([await t.who(), await t.others()]).toEqual(['bob', ['ann']])
  const left = t.jar.get('left')
  const switched = await t.switchTo('ann')
  expect([switched.status, switched.headers.get('location'), switched.headers.get('clear-site-data')]).toEqual([
    303,
    '/',
    '"cache"',
  ])
  expect([await t.who(), await t.others(), t.jar.get('left') === left]).toEqual(['ann', ['bob'], false])
  await t.signIn('bob') // once more: still two accounts
  expect([await t.who(), await t.others()]).toEqual(['bob', ['ann']])
  await t.signIn('eve')
  expect(await t.others()).toEqual(['bob', 'ann'])
  const page = await (await t.ask('GET', '/sessions/accounts')).text()
  for (const text of ['In use', 'Go on as bob', 'Go on as ann', 'Add an account']) expect(page).toContain(text)
})

test('who signs out can go on as another account, and an account whose session has ended is gone', async () => {
  using t = await withBrowser()
  for (const handle of ['ann', 'bob', 'eve']) await t.signIn(handle)
  await t.ask('POST', '/sessions/current?_method=DELETE', {})
  expect((await t.ask('GET', '/')).status).toBe(303)
  expect(await (await t.ask('GET', '/sessions/new')).text()).toContain('Go on as bob')
  expect((await t.switchTo('eve')).status).toBe(404) // signed out
  expect((await t.switchTo('ann')).status).toBe(303)
  expect([await t.who(), await t.others()]).toEqual(['ann', ['bob']])
  using db = t.openDatabase()
  db.run(`update sessions set ended_at = 1 where user_id = (select id from users where handle = 'bob')`)
  expect(await t.others()).toEqual([])
  expect((await t.switchTo('bob')).status).toBe(404)
  expect(await t.who()).toBe('ann')
})

test('neither other sites nor scripts nor personal tokens switch accounts', async () => {
  using t = await withBrowser()
  await t.signIn('ann')
  await t.signIn('bob')
  const cookie = [...t.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const from = (headers: Record<string, string>) =>
    t.request('/api/sessions/current?handle=ann', { method: 'PUT', headers })
  expect((await from({ cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await from({ cookie, authorization: `Bearer ${t.jar.get('session')}` })).status).toBe(404)
  const personal = await t.api({ token: t.jar.get('session')! }, 'POST /tokens', {
    name: 'script',
    scopes: ['read', 'write'],
    password: PASSWORD,
  })
  t.jar.set('others', personal.body.token)
  expect(await t.others()).toEqual([])
  t.jar.set('others', 'a~b~c')
  expect([await t.others(), await t.who()]).toEqual([[], 'bob'])
})
