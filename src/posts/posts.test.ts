import { expect, test } from 'bun:test'
import { problem, testApp } from '../../test/harness'

const page = (text: string) => expect(text).toMatch(/^<!doctype html><html/)

test('JSON, a form and HTMX create the same post, and each gets its own kind of response', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const [one, two, three] = [await t.photo(ann), await t.photo(ann), await t.photo(ann)]
  const json = await t.request('/api/posts', { as: ann, method: 'POST', json: { caption: 'hi', fileIds: [one] } })
  expect([json.status, json.headers.get('location'), json.headers.get('cache-control')]).toEqual([
    201,
    '/api/posts/1',
    'private, no-cache',
  ])
  expect(await json.json()).toMatchObject({
    id: 1,
    caption: 'hi',
    price: 0,
    visibility: 'everyone',
    sensitive: false,
    status: 'published',
    author: { handle: 'ann', posts: 1 },
    likes: 0,
    comments: 0,
    locked: false,
    viewer: { own: true, bought: false, liked: false, bookmarked: false },
  })
  const form = await t.request('/posts', {
    browser: ann,
    method: 'POST',
    form: { caption: 'form', fileIds: String(two), visibility: 'followers' },
  })
  expect([form.status, form.headers.get('location')]).toEqual([303, '/posts/2'])
  expect((await t.api(ann, 'GET /posts/2')).body.visibility).toBe('followers')
  const htmx = { 'hx-request': 'true' }
  const part = await t.request('/posts', {
    browser: ann,
    method: 'POST',
    form: { caption: '', fileIds: String(three) },
    headers: htmx,
  })
  expect([part.status, part.headers.get('hx-redirect'), part.headers.get('vary')]).toEqual([
    201,
    '/posts/3',
    expect.stringContaining('HX-Request'),
  ])
  const fragment = await t.request('/posts/3', { browser: ann, headers: htmx })
  expect([fragment.headers.get('vary'), (await fragment.text()).includes('<html')]).toEqual([
    'HX-Request, HX-Request-Type, Accept-Language, Accept-Encoding',
    false,
  ])
  page(await (await t.request('/posts/3', { browser: ann, headers: { ...htmx, 'hx-request-type': 'full' } })).text())
})

test('a caption of the maximum length fits, however its line breaks are sent', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const typed = `${'line\n'.repeat(399)}12345` // 2,000 characters, as a text area counts them
  const sent = typed.replaceAll('\n', '\r\n')
  const htmx = { 'hx-request': 'true' }
  for (const headers of [undefined, htmx]) {
    const form = { caption: sent, fileIds: String(await t.photo(ann)) }
    const made = await t.request('/posts', { browser: ann, method: 'POST', form, ...(headers && { headers }) })
    expect(made.status).toBe(headers ? 201 : 303)
    const id = (made.headers.get('location') ?? made.headers.get('hx-redirect'))!.slice('/posts/'.length)
    expect((await t.api(ann, `GET /posts/${id}`)).body.caption).toBe(typed)
    const edit = (caption: string) =>
      t.request(`/posts/${id}?_method=PATCH`, { browser: ann, method: 'POST', form: { caption, price: '0' } })
    expect([(await edit(sent)).status, (await edit(`${sent}6`)).status]).toEqual([303, 422])
  }
  const fileIds = [await t.photo(ann)]
  expect(await t.api(ann, 'POST /posts', { caption: `${sent}6`, fileIds })).toEqual(problem(422, 'invalid'))
  expect((await t.api(ann, 'POST /posts', { caption: sent, fileIds })).body.caption).toBe(typed)
})

test('a post has 1 to 20 photos, each once, in the given order', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const ids: number[] = []
  for (let i = 0; i < 21; i++) ids.push(await t.photo(ann))
  for (const fileIds of [[], ids, [ids[0], ids[0]], [0], ['x'], undefined, 1]) {
    const { status, body } = await t.api(ann, 'POST /posts', { fileIds })
    expect([status, body.errors[0].path.split('.')[0]]).toEqual([422, 'fileIds'])
  }
  const order = [3, 1, 2, ...Array.from({ length: 17 }, (_, i) => 20 - i)].map((n) => ids[n]!)
  const { body } = await t.api(ann, 'POST /posts', { fileIds: order })
  expect(body.files.map(({ id }: { id: number }) => id)).toEqual(order)
})

test('a post takes only the author’s unused files, and a failure leaves no partial post', async () => {
  using t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const [mine, foreign] = [await t.photo(ann), await t.photo(bob)]
  expect(await t.api(ann, 'POST /posts', { fileIds: [mine, foreign] })).toEqual(problem(404, 'not_found'))
  expect(await t.api(ann, 'POST /posts', { fileIds: [mine, 999] })).toEqual(problem(404, 'not_found'))
  expect((await t.api(ann, 'GET /posts')).body.items).toEqual([])
  const both = await Promise.all([
    t.api(ann, 'POST /posts', { fileIds: [mine] }),
    t.api(ann, 'POST /posts', { fileIds: [mine] }),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(await t.api(ann, 'POST /posts', { fileIds: [mine] })).toEqual(problem(409, 'file_in_use', { fileId: mine }))
  expect((await t.api(ann, 'GET /users/ann')).body.posts).toBe(1)
})

test('mistakes are reported as problem+json, and in the form beside what was typed', async () => {
  using t = await testApp()
  const as = await t.user('ann')
  const bad = await t.request('/api/posts', {
    as,
    method: 'POST',
    json: { caption: 'x'.repeat(2001), visibility: 'nobody', sensitive: 'yes', fileIds: [1] },
  })
  expect([bad.status, bad.headers.get('content-type')]).toEqual([422, 'application/problem+json'])
  expect((await bad.json()).errors.map(({ path }: { path: string }) => path).sort()).toEqual([
    'caption',
    'sensitive',
    'visibility',
  ])
  const form = await t.request('/posts', { browser: as, method: 'POST', form: { caption: 'kept <b>' } })
  const text = await form.text()
  expect([form.status, text.includes('kept &lt;b&gt;'), text.includes('Add at least one photo or video.')]).toEqual([
    422,
    true,
    true,
  ])
  const raw = (body: string, type: string) =>
    t.request('/api/posts', { as, method: 'POST', body, headers: { 'content-type': type } })
  expect([
    (await raw('{', 'application/json')).status,
    (await (await raw('{', 'application/json')).json()).code,
  ]).toEqual([400, 'unreadable'])
  expect((await (await raw('x', 'multipart/form-data; boundary=x')).json()).code).toBe('unsupported_media')
  for (const text of ['null', '[]', '"x"', '1'])
    expect([text, (await raw(text, 'application/json')).status]).toEqual([text, 422])
  expect(await t.api(null, 'POST /posts')).toEqual(problem(401, 'unauthenticated'))
  expect(await t.api(as, 'GET /posts/999')).toEqual(problem(404, 'not_found'))
  expect(await t.api(as, 'GET /nothing')).toEqual(problem(404, 'not_found'))
  page(await (await t.request('/nothing', { browser: as })).text())
})

test('a caption is always shown as text', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const caption = `<script>alert(1)</script> "quoted" & 'so' 사진 👩‍👩‍👧\nsecond line`
  const { id } = await t.post(ann, { caption })
  expect((await t.api(ann, `GET /posts/${id}`)).body.caption).toBe(caption)
  for (const path of ['/', `/posts/${id}`, '/users/ann'])
    expect(await (await t.request(path, { browser: ann })).text()).not.toContain('<script>alert')
})

test('a post for followers is found only by them and its author, on every page', async () => {
  using t = await testApp({ PINHOLE_ACCESS: 'public' })
  const [ann, bob, eve] = [await t.user('ann'), await t.user('bob'), await t.user('eve')]
  await t.api(bob, 'PUT /follows/ann')
  const { id } = await t.post(ann, { visibility: 'followers' })
  const seen = async (as: typeof ann | null) =>
    [
      (await t.api(as, `GET /posts/${id}`)).status === 200,
      ...(await Promise.all(
        ['/posts', '/users/ann/posts'].map(async (path) => (await t.api(as, `GET ${path}`)).body.items.length === 1),
      )),
      (await t.request(`/posts/${id}`, { browser: as ?? undefined })).status === 200,
    ].join()
  expect([await seen(ann), await seen(bob), await seen(eve), await seen(null)]).toEqual([
    'true,true,true,true',
    'true,true,true,true',
    'false,false,false,false',
    'false,false,false,false',
  ])
  await t.api(bob, 'DELETE /follows/ann')
  expect(await seen(bob)).toBe('false,false,false,false')
})

test('the main page, /posts and a profile show the newest published posts', async () => {
  using t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  for (const [as, caption] of [
    [ann, 'first'],
    [bob, 'second'],
    [ann, 'third'],
  ] as const) {
    t.pass(1000)
    await t.post(as, { caption })
  }
  const captions = async (path: string) =>
    (await t.api(bob, `GET ${path}`)).body.items.map(({ caption }: { caption: string }) => caption)
  expect([await captions('/posts'), await captions('/users/ann/posts')]).toEqual([
    ['third', 'second', 'first'],
    ['third', 'first'],
  ])
  const text = await (await t.request('/', { browser: bob })).text()
  expect(
    ['third', 'second', 'first']
      .map((word) => text.indexOf(word))
      .every((at, i, all) => at > 0 && at > (all[i - 1] ?? 0)),
  ).toBe(true)
  const body = (html: string) =>
    html.slice(html.indexOf('<main'), html.indexOf('</main>')).replaceAll(/<time.*?<\/time>/g, '')
  expect(body(await (await t.request('/posts', { browser: bob })).text())).toBe(body(text))
})
