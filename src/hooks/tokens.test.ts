import { expect, test } from 'bun:test'
import { problem } from '../../test/harness'
import { kinds, withHook } from '../../test/hook-app'

test('a hook that a token made needs its right to read, and ends with it', async () => {
  using t = await withHook(['like'])
  const password = 'a long password'
  const carl = await t.user('carl', { password })
  const make = async (...scopes: string[]) =>
    (await t.api(carl, 'POST /tokens', { name: 'Bot', scopes, password })).body
  const draft = { url: t.server.url, events: ['follow'] }
  const refused = await t.api(await make('write'), 'POST /hooks', draft)
  expect(refused).toEqual(problem(403, 'insufficient_scope', { scope: 'read' }))
  expect(refused.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="read"')
  const bot = await make('read', 'write')
  expect((await t.api(bot, 'POST /hooks', draft)).status).toBe(201)
  await t.api(t.bob, 'PUT /follows/carl')
  await t.runJobs()
  expect(kinds(t.server)).toEqual(['follow'])
  await t.api(carl, `DELETE /tokens/${bot.id}`)
  await t.api(t.eve, 'PUT /follows/carl')
  await t.runJobs()
  expect(kinds(t.server)).toEqual(['follow'])
  expect((await t.api(carl, 'GET /hooks')).body.items).toEqual([])
})

test('a token leads no hook of the person, or of another token, to another address', async () => {
  using t = await withHook(['post'])
  const carl = await t.user('carl', { password: 'a long password' })
  const token = async (...scopes: string[]) =>
    (await t.api(carl, 'POST /tokens', { name: 'Bot', scopes, password: 'a long password' })).body
  const draft = { url: t.server.url, events: ['follow'] }
  const [one, other, blind] = [await token('read', 'write'), await token('read', 'write'), await token('write')]
  const { body: own } = await t.api(carl, 'POST /hooks', draft)
  const { body: made } = await t.api(one, 'POST /hooks', draft)
  const elsewhere = { url: 'https://evil.example/' }
  for (const [as, hook] of [
    [one, own],
    [other, made],
    [blind, own],
    [blind, made],
  ])
    for (const patch of [elsewhere, { ...elsewhere, enabled: true }, { events: ['post'] }])
      expect([hook.id, patch, await t.api(as, `PATCH /hooks/${hook.id}`, patch)]).toEqual([
        hook.id,
        patch,
        problem(403, 'forbidden'),
      ])
  expect((await t.api(carl, `GET /hooks/${own.id}`)).body).toMatchObject(draft)
  expect((await t.api(one, `PATCH /hooks/${made.id}`, { events: ['like'] })).body.events).toEqual(['like'])
  expect((await t.api(other, `PATCH /hooks/${own.id}`, { enabled: false })).body.enabled).toBe(false)
  expect((await t.api(carl, `PATCH /hooks/${made.id}`, { url: `${t.server.url}2` })).body.url).toBe(`${t.server.url}2`)
  expect(await t.api(other, 'PATCH /hooks/999999', elsewhere)).toEqual(problem(404, 'not_found'))
})
