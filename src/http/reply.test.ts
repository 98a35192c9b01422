import { expect, test } from 'bun:test'
import { testApp } from '../../test/harness'

const htmx = { 'hx-request': 'true' }
const full = { ...htmx, 'hx-request-type': 'full' }
const isPage = (text: string) => text.startsWith('<!doctype html><html')

test('one address answers a page to a browser, a fragment to HTMX, and JSON below /api', async () => {
  using t = await testApp()
  const ann = await t.user('ann', { role: 'admin' })
  const { id } = await t.post(ann, { caption: 'told thrice' })
  for (const path of [
    '/posts',
    `/posts/${id}`,
    '/users/ann',
    '/users/ann/followers',
    '/inbox',
    '/notifications',
    '/files',
    '/invites',
    '/admin/users',
    '/admin/jobs',
  ]) {
    const answers = await Promise.all([{}, htmx, full].map((headers) => t.request(path, { browser: ann, headers })))
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    expect([path, texts.map(isPage)]).toEqual([path, [true, false, true]])
    expect(texts[1]).not.toContain('<body')
    for (const { status, headers } of answers)
      expect([status, headers.get('vary')]).toEqual([
        200,
        'HX-Request, HX-Request-Type, Accept-Language, Accept-Encoding',
      ])
    const json = await t.request(`/api${path}`, { as: ann, headers: htmx })
    expect([path, json.status, json.headers.get('content-type')]).toEqual([path, 200, 'application/json'])
  }
})

test('a form with a mistake comes back as 422 in the shape of its client', async () => {
  using t = await testApp()
  const ann = await t.user('ann', { role: 'admin' })
  const send = (headers: Record<string, string>) =>
    t.request('/users/account?_method=PATCH', {
      method: 'POST',
      browser: ann,
      form: { displayName: 'kept', links: 'nobody' },
      headers,
    })
  const [page, part, whole] = [await send({}), await send(htmx), await send(full)]
  expect([page.status, part.status, whole.status]).toEqual([422, 422, 422])
  const texts = await Promise.all([page, part, whole].map((answer) => answer.text()))
  expect([
    texts.map(isPage),
    texts.map(
      (text) => /<form[^>]*action="\/users\/account\?_method=PATCH"/.test(text) && text.includes('value="kept"'),
    ),
  ]).toEqual([
    [true, false, true],
    [true, true, true],
  ])
  expect(part.headers.get('vary')).toContain('HX-Request')
  const script = await t.api(ann, 'PATCH /users/account', { links: ['nobody'] })
  expect([script.status, script.headers.get('content-type'), script.body.errors.length]).toEqual([
    422,
    'application/problem+json',
    1,
  ])
})

test('a change redirects a browser, updates or redirects HTMX, and returns the result to a script', async () => {
  using t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const follow = (method: string, headers = {}) =>
    t.request(`/follows/ann?_method=${method}`, { method: 'POST', browser: bob, form: {}, headers })
  expect((await follow('PUT')).status).toBe(303)
  const part = await follow('PUT', htmx)
  expect([part.status, isPage(await part.text())]).toEqual([200, false])
  const saved = await t.request('/users/account?_method=PATCH', {
    method: 'POST',
    browser: ann,
    form: { displayName: 'A' },
    headers: htmx,
  })
  expect([saved.status, saved.headers.get('hx-redirect')]).toEqual([200, '/users/account'])
  const invite = (await t.api(ann, 'POST /invites', {})).body
  const gone = await t.request(`/invites/${invite.id}?_method=DELETE`, {
    method: 'POST',
    browser: ann,
    form: {},
    headers: htmx,
  })
  expect([gone.status, await gone.text()]).toEqual([200, '']) // HTMX would ignore a 204
})

test('`_method` works for forms only, in the query, and only for methods that forms cannot send', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const post = async (query: string, form: Record<string, string> = {}) =>
    (await t.request(`/users/account?${query}`, { method: 'POST', browser: ann, form })).status
  expect([
    await post('_method=PATCH', { displayName: 'A' }),
    await post('', { _method: 'PATCH' }),
    await post('_method=patch'),
  ]).toEqual([303, 405, 422])
  for (const method of ['GET', 'POST', 'TRACE', 'CONNECT', ''])
    expect([422, 405]).toContain(await post(`_method=${method}`))
  // a GET request changes nothing
  expect((await t.request('/users/account?_method=DELETE', { browser: ann })).status).toBe(200)
  expect(
    (await t.request('/api/users/account?_method=PATCH', { method: 'POST', as: ann, json: { bio: 'x' } })).status,
  ).toBe(405)
})

test('an error is a page, a fragment or a problem, and reveals no internals', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const texts = await Promise.all(
    [{}, htmx].map(async (headers) => (await t.request('/posts/999', { browser: ann, headers })).text()),
  )
  expect(texts.map(isPage)).toEqual([true, false])
  const db = new Proxy(t.app.db, {
    get() {
      throw new Error('secret of the database')
    },
  })
  Object.assign(t.app, { db })
  const broken = await t.request('/api/sessions', { method: 'POST', json: { handle: 'ann', password: 'x' } })
  const body = await broken.json()
  expect([broken.status, body.code, JSON.stringify(body).includes('secret'), typeof body.requestId]).toEqual([
    500,
    'internal',
    false,
    'string',
  ])
})
