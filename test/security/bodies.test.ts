import { expect, test } from 'bun:test'
import { serverWith } from './server'

const { server, ann } = await serverWith(['ann'], { PINHOLE_LOG: 'json' })

const FORM = 'application/x-www-form-urlencoded'
const DEEP = 100_000
const nested = '['.repeat(DEEP) + ']'.repeat(DEEP)

async function send(path: string, type: string, body: string, method = 'POST') {
  const answer = await server.fetch(path, {
    method,
    body,
    headers: { 'content-type': type, authorization: `Bearer ${ann.token}` },
  })
  return { status: answer.status, text: await answer.text() }
}

test('JSON of any depth, shape or number size is processed or refused, and never causes a server error', async () => {
  const bodies = {
    'nested arrays': [nested, 422],
    'nested arrays without end': ['['.repeat(DEEP), 400],
    'nested objects': [`${'{"bio":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`, 422],
    'nested in a field': [`{"links":${nested}}`, 422],
    null: ['null', 422],
    text: ['"bio"', 422],
    'a number': ['7', 422],
    'a huge number': ['{"avatarFileId":1e400}', 422],
    'a number beyond whole ones': ['{"avatarFileId":9007199254740993}', 422],
    'half a character': ['{"bio":"\\ud800"}', 200],
    'keys of objects': ['{"bio":{"toString":1,"valueOf":2}}', 422],
    'not JSON': ['{bio:1}', 400],
    'bytes that are not text': ['\xff\xfe{', 400],
  } as const
  for (const [name, [body, status]] of Object.entries(bodies))
    expect([name, (await send('/api/users/account', 'application/json', body, 'PATCH')).status]).toEqual([name, status])
  expect(
    (await send('/api/users/account', 'application/json', '{"bio":"first","bio":"last"}', 'PATCH')).text,
  ).toContain('"bio":"last"')
})

test('names with a meaning in JavaScript, such as __proto__, have none in a body', async () => {
  const keys = '{"__proto__":{"role":"admin"},"constructor":{"prototype":{"role":"admin"}},"bio":"me"}'
  expect((await send('/api/users/account', 'application/json', keys, 'PATCH')).status).toBe(200)
  await send('/users/account?_method=PATCH', FORM, '__proto__.role=admin&constructor.prototype.role=admin&bio=me')
  expect(await ann.ask('GET /users/account')).toMatchObject({ role: 'member', bio: 'me' })
  expect(
    (await server.signUp('fresh')).token &&
      (await server.signIn('fresh').then((fresh) => fresh.ask('GET /users/account'))).role,
  ).toBe('member')
})

test('a form that was sent in an unexpected shape is shown again', async () => {
  const bodies = [
    ['application/json', '"text"'],
    ['application/json', 'null'],
    ['application/json', '{"handle":{"toString":1}}'],
    ['application/json', `{"handle":${nested}}`],
    [FORM, 'handle.x=1'],
    [FORM, 'handle=a&handle=b&password=c&password=d&next.x=1'],
    [FORM, `${'a.'.repeat(400_000)}b=1`],
    [FORM, 'a=&'.repeat(300_000)],
    [FORM, Array.from({ length: 60_000 }, (_, i) => `k${i}=1`).join('&')],
  ]
  for (const [type, body] of bodies) {
    const { status } = await send('/sessions', type!, body!)
    expect([body!.slice(0, 30), [400, 401, 422].includes(status) || status]).toEqual([body!.slice(0, 30), true])
  }
})

test('a body in a type that forms of other sites can send is not read as JSON', async () => {
  for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/octet-stream', 'application/jsonp'])
    expect([type, (await send('/api/follows/boss', type, '{}', 'POST')).status]).toEqual([type, 405])
  for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/octet-stream', 'application/jsonp'])
    expect([type, (await send('/api/sessions', type, '{"handle":"ann"}')).status]).toEqual([type, 415])
})

test('a multipart form with too many parts or without an end is refused and leaves no files', async () => {
  const part = (name: string, more = '') => `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\na\r\n`
  const forms = {
    'thousands of fields': `${part('a').repeat(5000)}--x--`,
    'thousands of files': `${part('file', '; filename="a.jpg"').repeat(5000)}--x--`,
    'no end': part('file', '; filename="a.jpg"'),
    'no part': '--x--',
    nothing: '',
    'another boundary': part('file', '; filename="a.jpg"').replaceAll('--x', '--y'),
    'a huge head': `--x\r\n${`X-${'a'.repeat(1000)}: b\r\n`.repeat(500)}\r\na\r\n--x--`,
    'a head without end': `--x\r\nX-A: ${'a'.repeat(1_000_000)}`,
    'a huge name': `${part('file', `; filename="${'a'.repeat(70_000)}.jpg"`)}--x--`,
  }
  for (const [name, body] of Object.entries(forms)) {
    const { status } = await send('/api/files', 'multipart/form-data; boundary=x', body)
    expect([name, [400, 413, 415, 422].includes(status) || status]).toEqual([name, true])
  }
  expect((await send('/api/files', 'multipart/form-data', 'x')).status).toBe(415)
  for (const boundary of ['', 'boundary=', 'charset=utf-8', `boundary=${'x'.repeat(5000)}`])
    expect([boundary, (await send('/api/files', `multipart/form-data; ${boundary}`, 'x')).status]).toEqual([
      boundary,
      400,
    ])
  expect([...new Bun.Glob('uploads/*').scanSync(server.dir)]).toEqual([])
})

test('an idempotency key can have at most 255 characters', async () => {
  const call = (key: string) =>
    server.fetch('/api/admin/users/ann/grants', {
      method: 'POST',
      body: '{"coins":1}',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${server.boss.token}`,
        'idempotency-key': key,
      },
    })
  expect([
    (await call('k'.repeat(255))).status,
    (await call('k'.repeat(256))).status,
    (await call('k'.repeat(10_000))).status,
  ]).toEqual([201, 422, 422])
})

test('none of these requests caused a server error', async () => {
  const { err } = await server.stop()
  expect(err.split('\n').filter((line) => line.includes('"error"'))).toEqual([])
})
