import { afterEach, beforeEach, expect, test } from 'bun:test'
import { testApp } from '../../test/harness'
import { photo } from '../../test/photos'

let t: Awaited<ReturnType<typeof testApp>>
beforeEach(async () => {
  t = await testApp()
})
afterEach(() => t[Symbol.dispose]())

test('the web manifest lets a phone install the app, with its language and the colour of the community', async () => {
  const boss = await t.user('boss', { role: 'admin' })
  await t.api(boss, 'PATCH /admin/settings', { siteName: 'Darkroom', accent: '#336699' })
  const answer = await t.request('/manifest.webmanifest', { headers: { 'accept-language': 'ko' } })
  expect(answer.headers.get('content-type')).toBe('application/manifest+json')
  const manifest = await answer.json()
  expect(manifest).toMatchObject({
    name: 'Darkroom',
    theme_color: '#336699',
    display: 'standalone',
    scope: '/',
    lang: 'ko',
  })
  const icons = [...manifest.icons.map(({ src }: { src: string }) => src), '/apple-touch-icon.png', '/badge-96.png']
  expect(icons).toHaveLength(5)
  for (const icon of icons) {
    const { status, headers } = await t.request(icon)
    expect([icon, status, headers.get('content-type')]).toEqual([icon, 200, 'image/png'])
  }
})

test('the service worker is served from the root, is never cached, and may connect only to this server', async () => {
  const { status, headers } = await t.request('/sw.js')
  expect([
    status,
    headers.get('content-type'),
    headers.get('cache-control'),
    headers.get('service-worker-allowed'),
  ]).toEqual([...[200, 'text/javascript; charset=utf-8', 'no-cache', '/']])
  expect(headers.get('content-security-policy')).toContain("connect-src 'self'")
  expect(await (await t.request('/offline', { headers: { 'accept-language': 'ko' } })).text()).toContain(
    '오프라인이에요',
  )
})

const share = async () => {
  const form = new FormData()
  form.append('title', 'A title')
  form.append('text', 'and a text')
  form.append('file', new File([new Uint8Array(await photo().jpeg().toBuffer())], 'a.jpg', { type: 'image/jpeg' }))
  return form
}

test('files and text shared without the service worker become files and the caption of a new post', async () => {
  const ann = await t.user('ann')
  const answer = await t.request('/posts/new', {
    method: 'POST',
    browser: ann,
    body: await share(),
    headers: { 'sec-fetch-site': 'none' },
  })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/posts/new?caption=A+title%0Aand+a+text'])
  expect((await t.api(ann, 'GET /files')).body.items).toHaveLength(1)
  expect(await (await t.request(answer.headers.get('location')!, { browser: ann })).text()).toContain(
    'A title\nand a text</textarea>',
  )
  const foreign = await t.request('/posts/new', {
    method: 'POST',
    browser: ann,
    body: await share(),
    headers: { 'sec-fetch-site': 'cross-site' },
  })
  expect([foreign.status, (await t.api(ann, 'GET /files')).body.items.length]).toEqual([403, 1])
})

test('people who have to sign in first are asked to share again', async () => {
  const answer = await t.request('/posts/new', {
    method: 'POST',
    body: await share(),
    headers: { 'sec-fetch-site': 'none' },
  })
  const next = '/posts/new?share=again'
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    `/sessions/new?next=${encodeURIComponent(next)}`,
  ])
  const ann = await t.user('ann')
  expect(await (await t.request(next, { browser: ann })).text()).toContain('Please share it again')
})
