import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeAt } from '../../test/authenticator'
import { pinhole, type Serving, servePinhole } from '../../test/process'

let dir: string
let server: Serving
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  server = await servePinhole(dir, { env: { PINHOLE_RATE_LIMITS: 'off' } })
})
afterAll(async () => {
  await server.stop()
  rmSync(dir, { recursive: true })
})

const [first, second] = ['a long password', 'another password']
const run = (args: string[], stdin = '') => pinhole([...args, '--data', dir], { stdin })
const send = (path: string, body: unknown) =>
  fetch(server.address + path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
const signIn = (handle: string, password: string) => send('/api/sessions', { handle, password })
const tokenOf = (link: string, name: string) => new URL(link.trim()).searchParams.get(name)

test('an account created while the server runs can sign in right away with its role', async () => {
  const made = await run(['users', 'create', 'ann', '--role', 'admin', '--password-stdin', '--json'], `${first}\n`)
  expect({ ...made, ...JSON.parse(made.out) }).toMatchObject({ status: 0, err: '', handle: 'ann', role: 'admin' })
  const { token } = (await (await signIn('ann', first)).json()) as { token: string }
  const account = await fetch(`${server.address}/api/users/account`, { headers: { authorization: `Bearer ${token}` } })
  expect(await account.json()).toMatchObject({ handle: 'ann', role: 'admin' })
})

test('invalid accounts are explained', async () => {
  const refusals: [args: string[], stdin: string, why: string][] = [
    [['users', 'create', 'ANN', '--password-stdin'], first, 'This handle is already taken.'],
    [['users', 'create', 'bob', '--password-stdin'], 'short', 'at least 10'],
    [['users', 'create', 'setup', '--password-stdin'], first, 'reserved'],
    [['users', 'create', 'b!', '--password-stdin'], first, 'A handle has'],
    [['users', 'reset-password', 'nobody_here'], '', 'no member with this handle'],
  ]
  for (const [args, stdin, why] of refusals)
    expect(await run(args, stdin)).toMatchObject({ status: 1, out: '', err: expect.stringContaining(why) })
})

test('a reset link works once and has the address of the server', async () => {
  const { out, status } = await run(['users', 'reset-password', 'ann'])
  expect({ status, out }).toMatchObject({ status: 0, out: expect.stringContaining(server.address) })
  expect((await fetch(out.trim())).status).toBe(200)
  const use = () => send('/api/users/resets', { token: tokenOf(out, 'token'), password: second })
  expect((await use()).ok).toBe(true)
  expect((await signIn('ann', first)).status).toBe(401)
  expect((await signIn('ann', second)).status).toBe(201)
  expect((await use()).status).toBe(410)
})

test('a second factor is turned off for a person who lost it', async () => {
  const call = async (method: string, token: string, body: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(`${server.address}/api/users/account/totp`, {
      method,
      headers,
      body: JSON.stringify(body),
    })
    return (await answer.json()) as { secret: string }
  }
  await run(['users', 'create', 'phoneless', '--password-stdin'], first)
  const { token } = (await (await signIn('phoneless', first)).json()) as { token: string }
  const { secret } = await call('POST', token, { password: first })
  await call('PUT', token, { code: codeAt(secret, new Date()) })
  expect((await signIn('phoneless', first)).status).toBe(401)
  const reset = (...more: string[]) => run(['users', 'reset-second-factor', 'phoneless', ...more])
  expect(await reset()).toMatchObject({ status: 0, out: 'phoneless can now sign in with the password alone.\n' })
  expect((await signIn('phoneless', first)).status).toBe(201)
  const again = await reset('--json')
  expect({ status: again.status, ...JSON.parse(again.out) }).toEqual({ status: 0, handle: 'phoneless', wasOn: false })
})

test('an invitation admits as many people as it says', async () => {
  const { out } = await run(['invites', 'create', '--uses', '2', '--json'])
  const { url, uses } = JSON.parse(out)
  expect(uses).toBe(2)
  expect((await fetch(url)).status).toBe(200)
  const statuses = []
  for (const handle of ['one', 'two', 'three'])
    statuses.push((await send('/api/users', { handle, password: first, invite: tokenOf(url, 'invite') })).status)
  expect(statuses).toEqual([201, 201, 410])
})

test('the command rebuilds inboxes', async () => {
  const { status, out } = await run(['rebuild-inboxes', '--json'])
  expect({ status, ...JSON.parse(out) }).toEqual({ status: 0, people: 4, added: 0, removed: 0 })
})

test('accounts are listed with their roles, and another role applies at once', async () => {
  await run(['users', 'create', 'helper', '--password-stdin'], first)
  const list = async () => JSON.parse((await run(['users', 'list', '--json'])).out)
  const helper = async () => (await list()).find((person: { handle: string }) => person.handle === 'helper')
  expect(await helper()).toMatchObject({ role: 'member', state: 'active', email: null })
  const { token } = (await (await signIn('helper', first)).json()) as { token: string }
  const desk = () => fetch(`${server.address}/api/admin/reports`, { headers: { authorization: `Bearer ${token}` } })
  expect((await desk()).status).toBe(403)
  expect(await run(['users', 'role', 'helper', 'moderator'])).toMatchObject({
    status: 0,
    out: 'helper now has the role moderator.\n',
  })
  expect((await desk()).status).toBe(200)
  await run(['users', 'suspend', 'helper', '--reason', 'spam'])
  expect(await helper()).toMatchObject({ role: 'moderator', state: 'suspended' })
  expect((await run(['users', 'list'])).out).toMatch(/^helper +moderator +suspended +\d{4}-\d\d-\d\d +\d{4}/m)
  const refusals = [
    [['helper', 'boss'], 2, 'The role must be one of member, moderator, admin, not "boss".'],
    [['nobody_here', 'admin'], 1, 'There is no member with this handle.'],
    [['ann', 'member'], 1, 'the only administrator'],
  ] as const
  for (const [args, status, why] of refusals)
    expect(await run(['users', 'role', ...args])).toMatchObject({ status, out: '', err: expect.stringContaining(why) })
})

test('invitations are listed, and nobody joins with one that is revoked', async () => {
  const link = JSON.parse((await run(['invites', 'create', '--uses', '3', '--json'])).out).url
  const list = async () => JSON.parse((await run(['invites', 'list', '--json'])).out)
  const [invite] = await list()
  expect(invite).toMatchObject({
    uses: 3,
    used: 0,
    createdBy: null,
    url: expect.stringContaining('/users/new?invite='),
  })
  expect((await run(['invites', 'list'])).out).toContain(`0 of 3  ${invite.expiresAt.slice(0, 10)}  a command  http`)
  expect(await run(['invites', 'revoke', String(invite.id)])).toMatchObject({
    status: 0,
    out: `Nobody can join with invitation ${invite.id} any more.\n`,
  })
  const joined = await send('/api/users', { handle: 'late', password: first, invite: tokenOf(link, 'invite') })
  expect([joined.status, await list()]).toEqual([410, []])
  expect(await run(['invites', 'revoke', String(invite.id)])).toMatchObject({
    status: 1,
    err: expect.stringContaining('pinhole invites list'),
  })
})
