import { expect, test } from 'bun:test'
import { testApp } from '../../test/harness'

async function withPages() {
  const t = await testApp()
  const ann = await t.user('ann', { role: 'admin' })
  const bob = await t.user('bob')
  await t.api(bob, 'PUT /follows/ann')
  const { id } = await t.post(ann, { caption: 'hi' })
  await t.runJobs()
  const pages = [
    '/',
    '/posts',
    '/posts/new',
    `/posts/${id}`,
    `/posts/${id}/edit`,
    '/users/ann',
    '/users/bob',
    '/users/ann/followers',
    '/users/bob/following',
  ]
  const own = [
    '/users/account',
    '/sessions',
    '/invites',
    '/inbox',
    '/notifications',
    '/files',
    '/follows',
    '/admin',
    '/admin/users',
    '/admin/jobs',
    '/admin/settings',
  ]
  return { ...t, ann, bob, pages: [...pages, ...own, '/api/docs', '/nothing'] }
}

test('every page, including error pages, forbids inline scripts and styles, framing and sniffing', async () => {
  using t = await withPages()
  for (const path of t.pages) {
    const { headers } = await t.request(path, { browser: t.ann })
    const policy = headers.get('content-security-policy') ?? ''
    expect([
      path,
      policy.includes("default-src 'none'"),
      policy.includes("script-src 'self'"),
      policy.includes("style-src 'self'"),
    ]).toEqual([path, true, true, true])
    expect([
      path,
      /unsafe|\*|http:/.test(policy),
      policy.includes("frame-ancestors 'none'"),
      policy.includes("base-uri 'none'"),
    ]).toEqual([path, false, true, true])
    expect([headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual(['nosniff', 'same-origin'])
  }
})

test('no page uses anything that the policy forbids', async () => {
  using t = await withPages()
  for (const path of [...t.pages, '/sessions/new', '/users/new'])
    for (const who of [t.ann, undefined]) {
      const text = await (await t.request(path, { browser: who })).text()
      expect([
        path,
        /<script(?![^>]* src=)/.test(text),
        /\sstyle="/.test(text),
        /<style/.test(text),
        /\son\w+="/.test(text),
      ]).toEqual([path, false, false, false, false])
      expect([
        path,
        [...text.matchAll(/(?:href|src|action)="(?!\/|#|data:)([^"]*)"/g)]
          .map(([, url]) => url)
          .filter((url) => !/^https?:/.test(url!)),
      ]).toEqual([path, []])
    }
})

test('no shared cache keeps answers to a viewer, and pages vary by the HTMX headers', async () => {
  using t = await withPages()
  for (const path of t.pages) {
    const { headers } = await t.request(path, { browser: t.ann })
    expect([path, headers.get('cache-control'), headers.get('vary')]).toEqual([
      path,
      'private, no-cache',
      expect.stringContaining('HX-Request, HX-Request-Type'),
    ])
  }
  for (const path of ['/posts', '/users/ann', '/inbox', '/files', '/users/account', '/sessions', '/nothing'])
    expect([path, (await t.api(t.ann, `GET ${path}`)).headers.get('cache-control')]).toEqual([
      path,
      'private, no-cache',
    ])
})

test('no input can add a response header', async () => {
  using t = await withPages()
  const evil = '%0d%0aset-cookie:%20x=1'
  for (const path of [
    `/posts?cursor=${evil}`,
    `/users/${evil}`,
    `/sessions/new?next=/${evil}`,
    `/nothing${evil}`,
    `/posts?limit=1&x=${evil}`,
    `/users/new?invite=${evil}`,
  ]) {
    for (const browser of [t.ann, undefined]) {
      const { headers, status } = await t.request(path, { browser })
      expect([path, headers.get('set-cookie'), status < 500]).toEqual([path, null, true])
    }
  }
  const file = await t.photo(t.ann)
  using other = t.openDatabase()
  other.run(`update files set name = 'a"\r\nset-cookie: x=1\r\n사진.jpg' where id = ${file}`)
  const original = await t.request(`/api/files/${file}/original`, { as: t.ann })
  expect([original.status, original.headers.get('set-cookie')]).toEqual([200, null])
  expect(original.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[\w.%~!*'()-]+$/)
})

test('assets are cached forever under their name, and an unknown name is not found', async () => {
  using t = await withPages()
  const url = /src="(\/assets\/[^"]+)"/.exec(await (await t.request('/sessions/new')).text())![1]!
  const { status, headers } = await t.request(url)
  expect([status, headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual([
    200,
    'public, max-age=31536000, immutable',
    'nosniff',
  ])
  for (const path of ['/assets/nothing.js', '/assets/..%2fmanifest.ts'])
    expect((await t.request(path)).status).toBe(404)
})
