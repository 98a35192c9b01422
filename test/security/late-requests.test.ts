import { expect, test } from 'bun:test'
import { endAllSessions } from '../../src/sessions/model'
import { changeRole, deleteAccount } from '../../src/users/account'
import { findAccount, findAccountOf, findPerson } from '../../src/users/model'
import { suspend } from '../../src/users/suspension'
import { type Somebody, type TestApp, testApp } from '../harness'
import { onPostgres } from '../postgres/databases'
import { rawHttp } from './raw-http'

type Revocation = (t: TestApp, person: Somebody) => Promise<unknown>

/** What can happen to a person while the last byte of their request has not arrived yet. */
const revocations: Record<string, Revocation> = {
  'their sessions end': (t, { id }) => t.app.write((tx) => endAllSessions(tx, id, t.app.now())),
  'they are suspended': (t, { handle }) =>
    t.app.write(async (tx) => suspend(tx, null, await findAccountOf(tx, handle), 'spam', t.app.now())),
  'they delete their account': (t, { id }) =>
    t.app.write(async (tx) => deleteAccount(tx, await findPerson(tx, id), t.app.now(), { forfeit: true })),
  'they lose their role': (t, { id }) =>
    t.app.write(async (tx) => changeRole(tx, null, await findAccount(tx, id), 'member', t.app.now())),
}

/**
 * Calls that visitors without an account may make, or apps with their own secret, so there is no authority to revoke.
 * Going on as another account takes the session of that account, which the browser holds as well.
 */
const PUBLIC =
  /^(options .*|post \/api\/(oauth\/(token|revoke|register)|sessions|sessions\/codes|(sessions|users)\/passkeys\/options|sessions\/passkeys|users|setup|users\/resets|users\/resets\/requests|users\/verifications|mail\/unsubscriptions|webhooks\/[^/]+)|put \/api\/sessions\/current)$/

/** These calls are answered by their headers, and the bytes of a body make a file only when the last one has arrived. */
const RESUMABLE = '/api/uploads'

/** Every unsafe call of the OpenAPI document, with its parameters replaced by existing ids and handles. */
async function unsafeCalls(t: TestApp) {
  const { paths } = await (await t.request('/api/openapi.json')).json()
  return Object.entries<Record<string, { requestBody?: { content: object } }>>(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => method !== 'get' && !PUBLIC.test(`${method} ${path}`) && !path.startsWith(RESUMABLE))
      .map(([method, { requestBody }]) => ({
        method: method.toUpperCase(),
        path: path.replace('{handle}', 'ann').replace(/\{\w+\}/g, '1'),
        type: Object.keys(requestBody?.content ?? {})[0] ?? 'application/json',
        isForStaff: path.startsWith('/api/admin'),
      })),
  )
}

/** A picture of one pixel. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=', 'base64').toString('latin1')

const bodies: Record<string, string> = {
  'application/json': '{"coins":1,"handle":"ann","price":1,"text":"hello","role":"admin","reason":"because","url":"x"}',
  'multipart/form-data; boundary=x': `--x\r\ncontent-disposition: form-data; name="file"; filename="a.gif"\r\n\r\n${GIF}\r\n--x--\r\n`,
}

// PostgreSQL does not tell whether a commit changed anything.
test.skipIf(onPostgres)(
  'no call writes anything if its last byte arrives after the authority was revoked',
  async () => {
    using t = await testApp({ PINHOLE_RATE_LIMITS: 'off' })
    await t.user('keeper', { role: 'admin' })
    const ann = await t.user('ann')
    await t.post(ann, { price: 1 })
    await t.runJobs()
    using server = t.listen()
    using other = t.openDatabase()
    const version = () => other.query<{ data_version: number }, []>('pragma data_version').get()!.data_version
    const calls = await unsafeCalls(t)
    expect(calls.length).toBeGreaterThan(60)
    let people = 0
    const wrong: string[] = []
    for (const [name, revoke] of Object.entries(revocations))
      for (const { method, path, type, isForStaff } of calls) {
        if (name === 'they lose their role' && !isForStaff) continue
        const person = await t.user(`held${people++}`, { role: isForStaff ? 'admin' : 'member' })
        const contentType = type === 'multipart/form-data' ? 'multipart/form-data; boundary=x' : type
        const body = bodies[contentType] ?? bodies['application/json']!
        const socket = await rawHttp(server.port!).open()
        const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString('latin1'))))
        socket.write(
          `${method} ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${person.token}\r\n` +
            `content-type: ${contentType}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body.slice(0, -1)}`,
          'latin1',
        )
        await Bun.sleep(2) // The headers have been read by then. If not, the whole request is late.
        await revoke(t, person)
        const before = version()
        socket.write(body.slice(-1))
        const status = Number((await answer).slice(9, 12))
        socket.destroy()
        if (![401, 403].includes(status) || version() !== before)
          wrong.push(`${method} ${path} when ${name}: ${status}`)
      }
    expect(wrong).toEqual([])
  },
)

/** Calls that write to the database, each with a role that may make it. */
const writes: [role: 'member' | 'admin', call: string, body?: object][] = [
  ['member', 'PUT /follows/ann'],
  ['member', 'PUT /posts/1/like'],
  ['member', 'POST /posts/1/comments', { text: 'hello' }],
  ['member', 'PATCH /users/account', { displayName: 'Somebody' }],
  ['member', 'POST /invites', { uses: 1000 }],
  ['member', 'POST /coins/tips', { handle: 'ann', coins: 1 }],
  ['member', 'PUT /blocks/ann'],
  ['admin', 'PATCH /admin/users/ann', { role: 'admin' }],
  ['admin', 'POST /admin/users/ann/grants', { coins: 777 }],
  ['admin', 'PUT /admin/users/ann/suspension', { reason: 'because' }],
  ['admin', 'POST /admin/users/ann/resets'],
  ['admin', 'PATCH /admin/settings', { siteName: 'Mine' }],
]

test('authority that is revoked after the viewer was identified no longer counts in the transaction', async () => {
  using t = await testApp()
  await t.user('keeper', { role: 'admin' })
  const ann = await t.user('ann')
  await t.post(ann)
  await t.runJobs()
  const { write } = t.app
  let people = 0
  for (const [name, revoke] of Object.entries(revocations))
    for (const [role, call, body] of writes) {
      if (name === 'they lose their role' && role === 'member') continue
      const person = await t.user(`held${people++}`, { role })
      t.app.write = async (work) => {
        t.app.write = write
        await revoke(t, person)
        return write(work)
      }
      const { status } = await t.api(person, call, body)
      t.app.write = write
      expect([name, call, status]).toEqual([name, call, name === 'they lose their role' ? 403 : 401])
    }
  expect((await t.api(ann, 'GET /users/account')).body).toMatchObject({
    role: 'member',
    followers: 0,
    suspension: null,
  })
  expect((await t.api(ann, 'GET /posts/1')).body).toMatchObject({ likes: 0, comments: 0 })
  expect((await t.api(ann, 'GET /coins')).body.balance).toBe(0)
})

test('a moderator cannot suspend a person who has become an administrator in the meantime', async () => {
  using t = await testApp()
  await t.user('boss', { role: 'admin' })
  const mod = await t.user('mod', { role: 'moderator' })
  const ann = await t.user('ann')
  const { write } = t.app
  for (const [call, body] of [
    ['PUT /admin/users/ann/suspension', { reason: 'because' }],
    ['POST /admin/users/ann/resets', undefined],
  ] as const) {
    await write(async (tx) => changeRole(tx, null, await findAccount(tx, ann.id), 'member', t.app.now()))
    t.app.write = async (work) => {
      t.app.write = write
      await write(async (tx) => changeRole(tx, null, await findAccount(tx, ann.id), 'admin', t.app.now()))
      return write(work)
    }
    expect([call, (await t.api(mod, call, body)).status]).toEqual([call, 403])
  }
})

test('a sign-in fails if the password changes while it is being checked', async () => {
  using t = await testApp()
  const ann = await t.user('ann', { password: 'the old password' })
  const { write } = t.app
  let signIns = 0
  t.app.write = async (work) => {
    if (!signIns++) {
      t.app.write = write
      const changed = await t.api(ann, 'PUT /users/account/password', {
        current: 'the old password',
        password: 'the new password',
      })
      expect(changed.status).toBe(204)
    }
    return write(work)
  }
  const late = await t.api(null, 'POST /sessions', { handle: 'ann', password: 'the old password' })
  expect(late.status).toBe(401)
  expect((await t.api(ann, 'GET /sessions')).body.items).toHaveLength(1)
})
