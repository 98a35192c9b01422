import { expect, test } from 'bun:test'
import { type Json, problem, type Somebody } from '../../test/harness'
import { market } from '../../test/market'
import { pinhole } from '../../test/process'

const PASSWORD = 'a long password'

/** Kim publishes, Bob follows her and has bought a post, and Mod is a moderator. */
async function place() {
  const m = await market()
  const [kim, mod] = [await m.user('kim', { password: PASSWORD }), await m.user('mod', { role: 'moderator' })]
  await m.api(m.bob, 'PUT /follows/kim')
  const [free, sold] = [await m.post(kim), await m.post(kim, { price: 10 })]
  await m.grant(m.bob, 10)
  await m.buy(m.bob, sold)
  await m.runJobs()
  const suspend = (by: Somebody, handle = 'kim') =>
    m.api(by, `PUT /admin/users/${handle}/suspension`, { reason: 'Spam, again.' })
  const ids = async (as: Somebody, path: string) =>
    (await m.api(as, `GET ${path}`)).body.items.map(({ id }: Json) => id)
  return {
    ...m,
    kim,
    mod,
    free,
    sold,
    suspend,
    ids,
    signIn: () => m.api(null, 'POST /sessions', { handle: 'kim', password: PASSWORD }),
  }
}

test('a suspended person is signed out at once, and learns the reason when they sign in', async () => {
  using m = await place()
  expect(await m.suspend(m.mod)).toMatchObject({
    status: 201,
    body: { handle: 'kim', suspension: { reason: 'Spam, again.' } },
  })
  expect(await m.api(m.kim, 'GET /posts')).toEqual(problem(401, 'unauthenticated'))
  const refused = await m.signIn()
  expect(refused).toEqual(problem(403, 'suspended'))
  expect(refused.body.detail).toBe('Your account is suspended: Spam, again.')
  const wrong = await m.api(null, 'POST /sessions', { handle: 'kim', password: 'another password' })
  expect(wrong).toEqual(problem(401, 'unauthenticated')) // Someone without the password learns nothing.
  const form = await m.request('/sessions', { method: 'POST', form: { handle: 'kim', password: PASSWORD } })
  expect([form.status, await form.text()]).toEqual([
    403,
    expect.stringContaining('Your account is suspended: Spam, again.'),
  ])
})

test('posts of a suspended person are hidden from all but the staff, and buyers keep what they bought', async () => {
  using m = await place()
  await m.suspend(m.boss)
  for (const who of [m.bob, m.eve]) {
    for (const path of ['/users/kim', '/users/kim/posts', `/posts/${m.free.id}`])
      expect(await m.api(who, `GET ${path}`)).toEqual(problem(404, 'not_found'))
    for (const path of ['/posts', '/inbox', '/follows']) expect([path, await m.ids(who, path)]).toEqual([path, []])
  }
  const told = (await m.api(m.bob, 'GET /notifications')).body
  expect([JSON.stringify(told).includes('kim'), told.unread]).toEqual([false, 0])
  expect(await m.api(m.eve, 'PUT /follows/kim')).toEqual(problem(404, 'not_found'))
  expect(await m.ids(m.bob, '/library')).toEqual([m.sold.id])
  const { body } = await m.api(m.bob, `GET /library/${m.sold.id}`)
  expect((await m.request(body.files[0].renditions.full.url, { as: m.bob })).status).toBe(200)
  for (const staff of [m.mod, m.boss]) {
    expect([await m.ids(staff, '/users/kim/posts'), await m.ids(staff, '/posts')]).toEqual([[m.sold.id, m.free.id], []])
    expect((await m.api(staff, `GET /posts/${m.free.id}`)).status).toBe(200)
    await m.grant(staff, 10)
    expect(await m.buy(staff, m.sold)).toEqual(problem(404, 'not_found'))
  }
  const page = await (await m.request('/users/kim', { browser: m.mod })).text()
  expect(page).toContain('Spam, again.')
})

test('lifting a suspension brings everything back', async () => {
  using m = await place()
  await m.suspend(m.mod)
  for (let i = 0; i < 2; i++) expect((await m.api(m.mod, 'DELETE /admin/users/kim/suspension')).status).toBe(204)
  expect((await m.signIn()).status).toBe(201)
  expect(await m.ids(m.bob, '/inbox')).toEqual([m.sold.id, m.free.id])
  expect(await m.ids(m.eve, '/posts')).toEqual([m.sold.id, m.free.id])
  expect((await m.api(m.bob, 'GET /follows')).body.items).toMatchObject([{ handle: 'kim' }])
})

test('members suspend nobody, moderators no administrator, and the last administrator stays', async () => {
  using m = await place()
  expect(await m.suspend(m.eve)).toEqual(problem(403, 'forbidden'))
  expect(await m.suspend(m.mod, 'boss')).toEqual(problem(403, 'forbidden'))
  expect(await m.suspend(m.boss, 'boss')).toEqual(problem(409, 'own_account'))
  expect(await m.suspend(m.boss, 'nobody')).toEqual(problem(404, 'not_found'))
  expect(await m.api(m.boss, 'PUT /admin/users/kim/suspension', { reason: ' ' })).toEqual(problem(422, 'invalid'))
  const chief = await m.user('chief', { role: 'admin' })
  expect((await m.suspend(chief, 'boss')).status).toBe(201)
  expect(await m.api(m.mod, 'DELETE /admin/users/boss/suspension')).toEqual(problem(403, 'forbidden'))
  // The other administrator is suspended.
  expect(await m.api(chief, 'PATCH /admin/users/chief', { role: 'member' })).toEqual(problem(409, 'last_admin'))
})

test('when two administrators suspend each other at once, one of them is left', async () => {
  using m = await place()
  const chief = await m.user('chief', { role: 'admin' })
  const both = await Promise.all([m.suspend(m.boss, 'chief'), m.suspend(chief, 'boss')])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 401])
})

test('invitations, reset links and open sessions of a suspended person do not work', async () => {
  using m = await place()
  const { url } = (await m.api(m.kim, 'POST /invites', {})).body
  const reset = (await m.api(m.mod, 'POST /admin/users/kim/resets')).body.url
  await m.suspend(m.mod)
  const path = (link: string) => link.slice(link.indexOf('/users'))
  expect([(await m.request(path(url))).status, (await m.request(path(reset))).status]).toEqual([410, 410])
  await m.api(m.mod, 'DELETE /admin/users/kim/suspension')
  expect([(await m.request(path(url))).status, (await m.api(m.kim, 'GET /posts')).status]).toEqual([200, 401])
})

test('the command line suspends in the same way, but never the last administrator', async () => {
  using m = await place()
  const run = (...args: string[]) => pinhole([...args, '--data', m.dir])
  expect(await run('users', 'suspend', 'kim', '--reason', 'Spam.')).toMatchObject({
    status: 0,
    out: 'kim is suspended.\n',
  })
  expect((await m.signIn()).body.detail).toBe('Your account is suspended: Spam.')
  expect(await run('users', 'unsuspend', 'kim')).toMatchObject({ status: 0 })
  expect((await m.signIn()).status).toBe(201)
  expect(await run('users', 'suspend', 'kim')).toMatchObject({ status: 2, err: expect.stringContaining('--reason') })
  expect(await run('users', 'suspend', 'boss', '--reason', 'x')).toMatchObject({
    status: 1,
    err: expect.stringContaining('only administrator'),
  })
})
