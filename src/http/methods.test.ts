import { expect, test } from 'bun:test'
import { testApp } from '../../test/harness'

test('a method that an address does not have is refused with those that it has', async () => {
  using t = await testApp()
  const as = await t.user('ann')
  const ask = async (method: string, path: string) => {
    const answer = await t.request(path, { as, method })
    return `${answer.status} ${answer.headers.get('allow')}`
  }
  expect(await ask('PUT', '/api/posts')).toBe('405 GET, HEAD, POST, OPTIONS')
  expect(await ask('DELETE', '/posts')).toBe('405 GET, HEAD, POST, OPTIONS')
  expect(await ask('PATCH', '/api/sessions')).toBe('405 GET, HEAD, POST, DELETE, OPTIONS')
  expect(await ask('POST', '/api/posts/7')).toBe('405 GET, HEAD, PATCH, DELETE, OPTIONS')
  expect(await ask('POST', '/healthz')).toBe('405 GET, HEAD, OPTIONS')
  expect(await ask('POST', '/api/nowhere')).toBe('404 null')
  const { body } = await t.api(as, 'PUT /posts')
  expect(body).toMatchObject({ status: 405, code: 'method_not_allowed' })
})

test('OPTIONS lists the methods of an address to everybody, and nothing where there is no address', async () => {
  using t = await testApp()
  const ask = async (path: string) => {
    const answer = await t.request(path, { method: 'OPTIONS' })
    return `${answer.status} ${answer.headers.get('allow')} ${await answer.text()}`
  }
  expect(await ask('/api/posts')).toBe('204 GET, HEAD, POST, OPTIONS ')
  expect(await ask('/posts/7')).toBe('204 GET, HEAD, PATCH, DELETE, OPTIONS ')
  expect(await ask('/api/library/7')).toMatch(/^204 .*PUT/)
  expect(await ask('/api/nowhere')).toStartWith('401')
})

test('HEAD says the length that GET would send, or none', async () => {
  using t = await testApp()
  const as = await t.user('ann')
  const id = await t.photo(as)
  const paths = ['/healthz', '/posts', '/api/posts', '/api/openapi.json', '/docs', '/theme.css', '/sw.js', '/source']
  for (const path of [...paths, `/api/files/${id}/original`, '/api/nowhere']) {
    const [head, get] = await Promise.all(['HEAD', 'GET'].map((method) => t.request(path, { as, method })))
    const length = String((await get!.bytes()).length)
    expect([path, head!.status, await head!.text()]).toEqual([path, get!.status, ''])
    expect([path, head!.headers.get('content-length')]).toEqual([path, length])
  }
})

test('whoever is not signed in is told how a script signs in', async () => {
  using t = await testApp()
  for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
    const answer = await t.request('/api/posts', { headers })
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  }
  const part = await t.request('/posts', { headers: { 'hx-request': 'true' } })
  expect([part.status, part.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
})
