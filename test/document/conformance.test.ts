import { expect, test } from 'bun:test'
import { fullCommunity } from '../full-community'
import type { As, Json, Somebody } from '../harness'
import { photo } from '../photos'
import { type Call, type Checker, callsOf, checkerOf } from './checker'
import { sample, type Wanted, wrongBodies } from './samples'

/** One request for a call of the document: what is put into its path, its query, its headers and its body. */
type Try = {
  path: string
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: BodyInit
  json?: Json
  /** Who makes the request, if not the one whose turn it is. */
  as?: As
}

/** Calls after which somebody is signed out or gone, or the community is another one. They are made last. */
const LAST = /^(DELETE|PUT \/api\/users\/account\/password|PATCH \/api\/admin\/settings|PUT \/api\/admin\/users)/
const VERY_LAST = /^DELETE \/api\/(sessions|users\/account)/
const orderOf = ({ method, path }: Call) => {
  const line = `${method} ${path}`
  return method === 'GET' ? 0 : VERY_LAST.test(`${line}$`) ? 3 : LAST.test(line) ? 2 : 1
}

/** Calls that hash a password, which takes long on purpose. They get fewer requests. */
const SLOW = /^POST \/api\/(users|sessions|setup|sessions\/codes|users\/resets)$|password$/

/** Successes that need a mail, a device, a payment, another server, or somebody who waits for a decision. */
const NOT_SEEN = [
  /mail|verifications|resets|codes$|passkeys|totp|push\/subscriptions$|setup/,
  /checkouts|webhooks|refunds|DELETE \/api\/library|looks/,
  /admin\/(backups|flags|jobs)|oauth|hooks|appeals|captions|exports\/\{id\}|follows\/requests/,
]

const password = 'a long password'

/** Bodies and queries with which the owner succeeds, where those made from the schema do not. */
const GOOD: Record<string, (t: World) => Partial<Try> | Promise<Partial<Try>>> = {
  'GET /api/posts/newer': () => ({ query: { than: '1_1' } }),
  'PATCH /api/admin/users/{handle}': (t) => ({ json: { role: 'member' }, as: t.boss }),
  'PATCH /api/posts/{id}': () => ({ json: { caption: 'Another sea' } }),
  'POST /api/coins/redemptions': async (t) => ({ json: { code: await t.voucher() } }),
  'POST /api/coins/tips': () => ({ json: { handle: 'ann', coins: 1 } }),
  'POST /api/coins/topups': () => ({ json: { coins: 10, note: 'in cash' } }),
  'POST /api/posts/{id}/gifts': () => ({ json: { handle: 'mod', price: 5 } }),
  'POST /api/reports': (t) => ({ json: { postId: t.posts.paid.id, reason: 'spam' } }),
  'POST /api/sessions': () => ({ json: { handle: 'bob', password } }),
  'POST /api/tokens': () => ({ json: { name: 'script', scopes: ['read'], password } }),
  'DELETE /api/uploads/{id}': async (t) => ({
    path: `/api/uploads/${await t.begun()}`,
    headers: { 'tus-resumable': '1.0.0' },
  }),
  'POST /api/uploads': () => ({ headers: { 'tus-resumable': '1.0.0', 'upload-length': '10' } }),
  'POST /api/users': () => ({ json: { handle: 'newbie', password } }),
}

const bytes = new Uint8Array(await photo().jpeg().toBuffer())
const multipart = () => {
  const form = new FormData()
  form.append('file', new Blob([bytes]), 'a.jpg')
  return form
}

type World = Awaited<ReturnType<typeof world>>

async function world() {
  const t = await fullCommunity()
  const mod = await t.user('mod', { role: 'moderator' })
  const made = async (as: As, line: string, json?: Json) => (await t.api(as, line, json)).body
  const { bob, boss } = t
  {
    using other = t.openDatabase()
    const hash = await Bun.password.hash(password, { algorithm: 'argon2id', memoryCost: 8, timeCost: 1 })
    other.run(`update users set password_hash = '${hash}' where handle = 'bob'`)
  }
  await made(boss, 'PATCH /admin/settings', { registration: 'open' })
  const word = await made(bob, 'POST /muted-words', { word: 'spoiler' })
  const token = await made(bob, 'POST /invites', { uses: 2 })
  const pack = (await made(boss, 'GET /admin/packs')).items[0]
  const reports = (await made(boss, 'GET /admin/reports')).items
  const vouchers = (await made(boss, 'GET /admin/vouchers')).items
  const topups = (await made(boss, 'GET /admin/topups')).items
  const begun = async () => {
    const headers = { 'tus-resumable': '1.0.0', 'upload-length': String(bytes.length) }
    const upload = await t.request('/api/uploads', { method: 'POST', as: bob, headers })
    return upload.headers.get('location')!.split('/').at(-1)!
  }
  const values: Record<string, string | number> = {
    ...Object.fromEntries(Object.entries(t.values).map(([path, value]) => [path.replace(/:(\w+)/g, '{$1}'), value])),
    '/posts/{id}': t.posts.own.id,
    '/posts/{id}/like': t.posts.theirs.id,
    '/posts/{id}/gifts': t.posts.paid.id,
    '/library/{id}': t.posts.paid.id,
    '/muted-words/{id}': word?.id ?? 1,
    '/invites/{id}': token.id,
    '/sessions/{id}': 999,
    '/follows/{handle}': 'ann',
    '/follows/followers/{handle}': 'eve',
    '/blocks/{handle}': 'dan',
    '/mutes/{handle}': 'eve',
    '/uploads/{id}': await begun(),
    '/admin/packs/{id}': pack.id,
    '/admin/posts/{id}': t.posts.theirs.id,
    '/admin/reports/{id}': reports.at(-1).id,
    '/admin/vouchers/{id}': vouchers[0].id,
    '/admin/topups/{id}': topups[0].id,
    '/admin/payouts/{id}': (await made(bob, 'POST /coins/payouts', { coins: 5 })).id,
    '/admin/users/{handle}': 'mia',
    '/admin/pages/{name}': 'contact',
    '/users/{handle}/{list}': 'ann',
  }
  return { ...t, mod, values, begun }
}

/** Fills the parameters of the path with what exists. */
function pathOf({ path }: Call, values: Record<string, string | number>, other?: string): string {
  const at = path.replace('/api', '')
  const start = Object.keys(values)
    .filter((each) => at === each || at.startsWith(`${each}/`))
    .sort((a, b) => b.length - a.length)[0]
  const first = other ?? String(start === undefined ? 1 : values[start])
  return path
    .replace(/\{\w+\}/, first)
    .replace('{list}', 'followers')
    .replace('{postId}', '1')
}

function parameters(
  checker: Checker,
  { operation }: Call,
  place: string,
  wanted: Wanted,
  onlyRequired = wanted === 'least',
): Record<string, string> {
  const all: Json[] = (operation.parameters ?? []).filter((each: Json) => each.in === place)
  const chosen = all.filter(({ required, name }) => required || (!onlyRequired && name !== 'cursor'))
  return Object.fromEntries(chosen.map(({ name, schema }) => [name, String(sample(checker, schema, wanted, name))]))
}

/** Bodies that no call takes. */
const UNREADABLE: Pick<Try, 'body' | 'headers'>[] = [
  { body: '{', headers: { 'content-type': 'application/json' } },
  { body: '[]', headers: { 'content-type': 'application/json' } },
  { body: 'null', headers: { 'content-type': 'application/json' } },
  { body: new Uint8Array([123, 34, 255, 34, 125]), headers: { 'content-type': 'application/json' } },
  { body: '<a/>', headers: { 'content-type': 'application/xml' } },
  { body: '{}', headers: { 'content-type': 'application/json; charset=iso-8859-1' } },
  { body: Bun.gzipSync('{}'), headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
]

async function* triesOf(
  checker: Checker,
  call: Call,
  t: World,
  me: Somebody | null,
  isOwner: boolean,
): AsyncGenerator<Try> {
  const path = pathOf(call, t.values)
  const good = GOOD[`${call.method} ${call.path}`]
  if (good && isOwner) yield { path, ...(await good(t)) }
  const content = call.operation.requestBody?.content ?? {}
  const schema = content['application/json']?.schema
  const isSlow = SLOW.test(`${call.method} ${call.path}`)
  const files = me && JSON.stringify(schema ?? {}).includes('fileIds')
  const filled = async (wanted: Wanted): Promise<Json> => {
    const body = sample(checker, schema, wanted)
    return files ? { ...body, fileIds: [await t.photo(me)] } : body
  }
  const bodyOf = async (wanted: Wanted): Promise<Partial<Try>> => {
    if (schema) return { json: await filled(wanted) }
    if (content['multipart/form-data']) return { body: multipart() }
    if (content['application/offset+octet-stream'])
      return { body: bytes, headers: { 'content-type': 'application/offset+octet-stream' } }
    return {}
  }
  const usual = async (wanted: Wanted): Promise<Try> => {
    const { headers, ...body } = await bodyOf(wanted)
    const query = parameters(checker, call, 'query', wanted)
    return { path, query, headers: { ...headers, ...parameters(checker, call, 'header', 'low', true) }, ...body }
  }
  yield usual('full')
  if (isSlow) return
  yield usual('least')
  if (me && !isOwner) return
  yield usual('low')
  yield usual('high')
  const query = parameters(checker, call, 'query', 'full')
  for (const name of Object.keys(query)) yield { ...(await usual('least')), query: { [name]: '-1' } }
  if (query.limit) yield { path, query: { cursor: '%%' } }
  if (call.path.includes('{'))
    for (const odd of ['0', '999999999999999', '99999999999999999', 'x', '%00'])
      yield { ...(await usual('least')), path: pathOf(call, t.values, odd) }
  if (schema) for (const json of wrongBodies(checker, schema, await filled('full'))) yield { path, json }
  if (call.operation.requestBody) for (const each of UNREADABLE) yield { path, ...each }
}

test('six kinds of people get from every call only what the document says', async () => {
  await using t = await world()
  const document = await (await t.request('/api/openapi.json')).json()
  const checker = checkerOf(document)
  const { bob: owner, eve: member, dan: blocked, mod: moderator, boss: administrator } = t
  const people = Object.entries({ stranger: null, blocked, member, owner, moderator, administrator })
  const faults = new Set<string>()
  const seen = new Set<string>()
  const calls = callsOf(document)
  let asked = 0

  for (const call of calls.toSorted(
    (a, b) => orderOf(a) - orderOf(b) || (orderOf(a) > 1 ? b.path.length - a.path.length : 0),
  )) {
    const { method, path: line } = call
    for (const [kind, me] of people)
      for await (const { path, query = {}, ...sent } of triesOf(checker, call, t, me, kind === 'owner')) {
        const search = new URLSearchParams(query)
        const answer = await t.request(`${path}${search.size ? `?${search}` : ''}`, {
          method,
          as: me ?? undefined,
          ...sent,
        })
        asked++
        const said = `${method} ${line} as ${kind}`
        for (const fault of await checker.faults(call, answer)) faults.add(`${said}: ${fault}`)
        if (answer.status < 300) seen.add(`${method} ${line}`)
        if (answer.status < 300 && 'json' in sent && !checker.allowsBody(call, sent.json))
          faults.add(`${said} took a body that the document forbids: ${JSON.stringify(sent.json).slice(0, 200)}`)
      }
  }
  const unseen = calls
    .map(({ method, path }) => `${method} ${path}`)
    .filter((line) => !seen.has(line) && !NOT_SEEN.some((each) => each.test(line)))
  expect(asked).toBeGreaterThan(4000)
  expect([...faults]).toEqual([])
  expect(unseen).toEqual([])
})

test('every address answers HEAD as GET, OPTIONS with its methods, and refuses all other methods', async () => {
  await using t = await world()
  const document = await (await t.request('/api/openapi.json')).json()
  const faults: string[] = []
  for (const [path, item] of Object.entries<Json>(document.paths)) {
    const methods = Object.keys(item).map((method) => method.toUpperCase())
    const at = pathOf({ path } as Call, t.values)
    const headers = { 'tus-resumable': '1.0.0' }
    const options = await t.request(at, { method: 'OPTIONS' })
    const allowed = options.headers.get('allow')?.split(', ') ?? []
    if (options.status !== 204) faults.push(`OPTIONS ${at}: ${options.status}`)
    for (const method of methods)
      if (!allowed.includes(method) && !path.startsWith('/api/uploads')) faults.push(`OPTIONS ${at} lacks ${method}`)
    for (const method of ['PUT', 'DELETE'].filter((each) => !allowed.includes(each))) {
      const refused = await t.request(at, { method, as: t.boss, headers })
      const found = `${refused.status} ${refused.headers.get('allow')}`
      if (found !== `405 ${allowed.join(', ')}`) faults.push(`${method} ${at}: ${found} instead of ${allowed}`)
    }
    if (!methods.includes('GET') || path === '/api/events') continue
    const [get, head] = [
      await t.request(at, { as: t.boss }),
      await t.request(at, { method: 'HEAD', as: t.boss, headers }),
    ]
    const [body, nothing] = [await get.bytes(), await head.text()]
    const length = head.headers.get('content-length')
    if (head.status !== get.status || nothing) faults.push(`HEAD ${at}: ${head.status} instead of ${get.status}`)
    if (length !== null && Number(length) !== body.length)
      faults.push(`HEAD ${at}: ${length} instead of ${body.length}`)
  }
  expect(faults).toEqual([])
})
