import { expect, test } from 'bun:test'
import { testApp } from '../../test/harness'

test('a body too large for memory is refused, with or without a declared length', async () => {
  using t = await testApp()
  const as = await t.user('ann')
  const text = JSON.stringify({ bio: 'x'.repeat(1024 ** 2) })
  const headers = { 'content-type': 'application/json' }
  const told = await t.request('/api/users/account', {
    as,
    method: 'PATCH',
    body: text,
    headers: { ...headers, 'content-length': String(text.length) },
  })
  const untold = await t.request('/api/users/account', {
    as,
    method: 'PATCH',
    body: new Blob([text]).stream(),
    headers,
  })
  for (const answer of [told, untold]) expect([answer.status, (await answer.json()).code]).toEqual([413, 'too_large'])
  expect((await t.request('/api/users/account', { as, method: 'PATCH', json: { bio: 'short' } })).status).toBe(200)
})
