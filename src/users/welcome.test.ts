import { expect, test } from 'bun:test'
import { type Somebody, testApp } from '../../test/harness'

test('new members read the welcome of the host until they end it, and nobody else does', async () => {
  using t = await testApp()
  const [boss, old] = [await t.user('boss', { role: 'admin' }), await t.user('old')]
  const set = (patch: object) => t.api(boss, 'PATCH /admin/settings', patch)
  expect((await set({ welcome: 'x'.repeat(3001) })).status).toBe(422)
  await set({ registration: 'open', welcome: '## Hello\n\nRead the *rules*. <script>alert(1)</script>' })
  const password = 'a long enough password'
  await t.api(null, 'POST /users', { handle: 'newbie', password })
  const newbie: Somebody = (await t.api(null, 'POST /sessions', { handle: 'newbie', password })).body
  const read = async (who: Somebody, path: string) => (await t.request(path, { browser: who })).text()
  for (const path of ['/', '/inbox']) {
    const html = await read(newbie, path)
    expect(html).toContain('<p>Read the <em>rules</em>. &lt;script&gt;')
    for (const who of [boss, old]) expect(await read(who, path)).not.toContain('Read the')
  }
  expect((await t.api(newbie, 'GET /users/account/welcome')).body.text).toStartWith('## Hello')
  expect((await t.api(old, 'GET /users/account/welcome')).body).toEqual({ text: '', html: '' })
  expect((await t.api(null, 'DELETE /users/account/welcome')).status).toBe(401)
  expect((await t.api(newbie, 'DELETE /users/account/welcome')).status).toBe(204)
  expect((await t.api(newbie, 'GET /users/account/welcome')).body).toEqual({ text: '', html: '' })
  for (const path of ['/', '/inbox']) expect(await read(newbie, path)).not.toContain('Read the')
})
