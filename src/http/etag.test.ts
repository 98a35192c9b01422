import { expect, test } from 'bun:test'
import { testApp } from '../../test/harness'

test('JSON that has not changed is answered with 304, in every encoding', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  await t.post(ann, { caption: 'A long walk along the harbour' })
  const ask = (headers: Record<string, string> = {}, path = '/api/posts') =>
    t.request(path, { headers: { authorization: `Bearer ${ann.token}`, ...headers } })
  const first = await ask()
  const tag = first.headers.get('etag')!
  expect(tag).toMatch(/^W\/"\w+"$/)
  expect((await ask({ 'accept-encoding': 'br' })).headers.get('etag')).toBe(tag)

  for (const named of [tag, `"other", ${tag}`, tag.replace('W/', ''), '*']) {
    const same = await ask({ 'if-none-match': named, 'accept-encoding': 'gzip' })
    expect(same.status).toBe(304)
    expect(same.headers.get('etag')).toBe(tag)
    expect(same.headers.get('cache-control')).toBe('private, no-cache')
    expect(same.headers.get('vary')).toBe('Accept-Encoding')
    expect(same.headers.get('content-encoding')).toBeNull()
    expect(await same.text()).toBe('')
  }
  expect((await ask({ 'if-none-match': '"other"' })).status).toBe(200)

  await t.post(ann, { caption: 'Another' })
  const changed = await ask({ 'if-none-match': tag })
  expect(changed.status).toBe(200)
  expect(changed.headers.get('etag')).not.toBe(tag)
})

test('pages, errors and changes have no ETag', async () => {
  using t = await testApp()
  const ann = await t.user('ann')
  const headers = { authorization: `Bearer ${ann.token}` }
  for (const path of ['/posts', '/api/nowhere']) {
    const answer = await t.request(path, { headers: { ...headers, 'if-none-match': '*' } })
    expect(answer.status).not.toBe(304)
    expect(answer.headers.get('etag')).toBeNull()
  }
  await t.user('bob')
  const changed = await t.request('/api/follows/bob', { method: 'PUT', headers: { ...headers, 'if-none-match': '*' } })
  expect(changed.ok).toBe(true)
  expect(changed.headers.get('etag')).toBeNull()
})
