import { expect, test } from 'bun:test'
import { z } from 'zod'
import { type Json, testApp } from '../../test/harness'
import { photo } from '../../test/photos'
import { createApp } from '../app'

type Operation = {
  operationId: string
  summary: string
  responses: Record<string, Json>
  parameters?: Json[]
  requestBody?: Json
}
type Document = {
  openapi: string
  info: Json
  servers: Json[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Json> }
}

async function withDocument() {
  const t = await testApp({ PINHOLE_REGISTRATION: 'open' })
  const document: Document = await (await t.request('/api/openapi.json')).json()
  const operations = Object.entries(document.paths).flatMap(([path, each]) =>
    Object.entries(each).map(([method, operation]) => ({ path, method, operation })),
  )
  return { ...t, document, operations }
}

const REF = '#/components/schemas/'

/** Returns the schema with all its references resolved. */
function resolve(schema: Json, document: Document): Json {
  if (Array.isArray(schema)) return schema.map((each) => resolve(each, document))
  if (!schema || typeof schema !== 'object') return schema
  if (typeof schema.$ref === 'string')
    return resolve(document.components.schemas[schema.$ref.slice(REF.length)], document)
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, resolve(value, document)]))
}

test('the document has everything that OpenAPI 3.1 requires, and every reference can be resolved', async () => {
  using t = await withDocument()
  const { document, operations } = t
  expect([document.openapi, typeof document.info.title, typeof document.info.version]).toEqual([
    '3.1.0',
    'string',
    'string',
  ])
  expect(URL.canParse(document.servers[0].url)).toBe(true)
  expect(operations.length).toBeGreaterThan(40)
  expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
  for (const [, ref] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g))
    expect([ref, ref!.slice(REF.length) in document.components.schemas]).toEqual([ref, true])
  for (const { path, method, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const declared = (operation.parameters ?? [])
      .filter((each) => each.in === 'path')
      .map(({ name, required }) => (required ? name : 'optional'))
    expect([path, declared.sort()]).toEqual([path, named.sort()])
    expect([path, method, /^[A-Z].+\.$/.test(operation.summary)]).toEqual([path, method, true])
    const answers = Object.entries(operation.responses)
    expect([path, answers.some(([status]) => /^2\d\d$/.test(status))]).toEqual([path, true])
    for (const [status, { description }] of answers)
      expect([/^\d{3}$/.test(status), description.length > 0]).toEqual([true, true])
  }
  for (const [name, schema] of Object.entries(document.components.schemas))
    expect([name, z.fromJSONSchema(resolve(schema, document)) instanceof z.ZodType]).toEqual([name, true])
})

/** Addresses that the document leaves out: pages with forms, and uploads, whose protocol tus has its own document. */
const NO_CALLS = new RegExp(
  [
    '/(new|edit|sent|done)$',
    '^/api/users/account/(profile|email|language|privacy|security|leaving)$',
    '^/api/(uploads|setup|openapi[.]json|docs|oauth/authorize)(/|$)',
  ].join('|'),
)

test('the document contains every call that the server answers', async () => {
  using t = await withDocument()
  const described = t.operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`)
  const answered = createApp(t.app)
    .routes.filter(({ path, method }) => path.startsWith('/api/') && method !== 'ALL')
    .map(({ path, method }) => `${method} ${path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}').replace(/\/$/, '')}`)
    .filter((call) => !NO_CALLS.test(call.split(' ')[1]!))
  expect(answered.length).toBeGreaterThan(40)
  expect([...new Set(answered)].filter((call) => !described.includes(call)).sort()).toEqual([])
})

test('the answers of a walk through the API match their descriptions', async () => {
  using t = await withDocument()
  const walked = new Set<string>()
  const find = (method: string, path: string) =>
    t.operations
      .filter(
        (each) =>
          each.method === method.toLowerCase() && new RegExp(`^${each.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
      )
      .sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0]

  const check = (call: string, status: number, body: Json) => {
    const [method, path] = call.split(' ') as [string, string]
    const found = find(method, `/api${path.split('?')[0]}`)
    expect([call, !!found]).toEqual([call, true])
    const described = found!.operation.responses[status]
    expect([call, status, !!described]).toEqual([call, status, true])
    const [schema] = Object.values<Json>(described.content ?? {}).map((each) => each.schema)
    expect([call, body !== undefined]).toEqual([call, !!schema])
    const result = schema
      ? z.fromJSONSchema(resolve(schema, t.document)).safeParse(body)
      : { success: true, error: undefined }
    expect([call, result.error?.issues ?? []]).toEqual([call, []])
    walked.add(`${found!.method} ${found!.path}`)
    return body
  }
  type Who = { token: string } | null
  const go = async (as: Who, call: string, json?: Json) => {
    const { status, body } = await t.api(as, call, json)
    return check(call, status, body)
  }

  const boss = await t.user('boss', { role: 'admin' })
  const password = 'a long password'
  await go(null, 'POST /users', { handle: 'ann', password, displayName: 'Ann' })
  await go(null, 'POST /users', { handle: 'ann', password })
  await go(null, 'POST /users', { handle: 'a' })
  await go(null, 'POST /users', { handle: 'bob', password })
  await go(null, 'POST /sessions', { handle: 'ann', password: 'wrong' })
  const ann = await go(null, 'POST /sessions', { handle: 'ann', password })
  const bob = await go(null, 'POST /sessions', { handle: 'bob', password })
  const me = await go(ann, 'GET /users/account')
  await go(ann, 'PATCH /users/account', { bio: 'x', links: ['https://example.org'], locale: 'ko' })
  await go(ann, 'PATCH /users/account', { locale: 'xx' })
  await go(ann, 'PUT /users/account', {})
  await go(ann, 'PUT /users/account/password', { current: password, password: 'another password' })
  for (const part of ['', '/posts', '/followers', '/following']) await go(bob, `GET /users/ann${part}`)
  await go(bob, 'GET /users/nobody')
  await go(bob, 'PUT /follows/ann')
  await go(bob, 'PUT /follows/ann', { notify: true })
  await go(bob, 'GET /follows')

  const body = new FormData()
  body.append('file', new Blob([new Uint8Array(await photo().jpeg().toBuffer())]), 'a.jpg')
  const uploaded = await t.request('/api/files', { method: 'POST', as: ann, body })
  const file = check('POST /files', uploaded.status, await uploaded.json())
  const fileId = await t.photo(me)
  const original = await t.request(`/api/files/${fileId}/original`, { as: ann })
  check(`GET /files/${fileId}/original`, original.status, await original.text())
  await go(ann, 'POST /posts', { fileIds: [file.id], visibility: 'followers' })
  const post = await go(ann, 'POST /posts', { caption: 'hi', fileIds: [fileId] })
  await go(ann, 'POST /posts', { fileIds: [fileId] })
  await go(ann, 'POST /posts', { fileIds: [] })
  await t.runJobs()
  for (const call of [
    `GET /files/${file.id}`,
    'GET /files',
    `POST /files/${file.id}/attempts`,
    'GET /posts',
    `GET /posts/${post.id}`,
    `GET /posts/999`,
  ])
    await go(ann, call)
  await go(ann, `PATCH /files/${file.id}`, { altText: 'A cat' })
  await go(ann, `DELETE /files/${file.id}`)
  await go(ann, `PATCH /posts/${post.id}`, { caption: 'new' })
  await go(bob, `PATCH /posts/${post.id}`, { caption: 'x' })
  for (const mark of ['like', 'bookmark'])
    for (const call of [`PUT /posts/${post.id}/${mark}`, `PUT /posts/${post.id}/${mark}`, 'GET /bookmarks'])
      await go(bob, call)
  const comment = await go(bob, `POST /posts/${post.id}/comments`, { text: 'hi' })
  await go(ann, `POST /posts/${post.id}/comments`, { text: 'hello', parentId: comment.id })
  await go(ann, `POST /posts/${post.id}/comments`, { text: '' })
  await go(ann, `GET /posts/${post.id}/comments`)
  await go(ann, `GET /posts/${post.id}/comments?parentId=${comment.id}`)
  await go(ann, `GET /comments/${comment.id}`)
  await go(bob, `PATCH /comments/${comment.id}`, { text: 'new' })
  await go(ann, `PATCH /comments/${comment.id}`, { text: 'not mine' })
  await go(ann, 'GET /notifications')
  await go(ann, `DELETE /comments/${comment.id}`)
  for (const mark of ['like', 'bookmark']) await go(bob, `DELETE /posts/${post.id}/${mark}`)
  for (const call of ['GET /inbox', 'GET /notifications', 'GET /sessions', 'GET /users/ann/posts']) await go(bob, call)
  for (const box of ['inbox', 'notifications']) await go(bob, `PUT /${box}/read`, { upTo: post.publishedAt })
  await go(ann, 'POST /invites', { uses: 3 })
  const { items } = await go(ann, 'GET /invites')
  await go(ann, `DELETE /invites/${items[0].id}`)
  await go(ann, 'PATCH /users/account', { avatarFileId: await t.photo(me) })
  await go(ann, 'DELETE /users/account/avatar')
  for (const call of [
    'GET /admin',
    'GET /admin/users',
    'GET /admin/jobs',
    'GET /admin/settings',
    'POST /admin/users/bob/resets',
  ]) {
    await go(boss, call)
    await go(ann, call)
  }
  await go(boss, 'PATCH /admin/users/bob', { role: 'moderator' })
  await go(boss, 'PATCH /admin/users/boss', { role: 'member' })
  await go(boss, 'PATCH /admin/settings', { siteName: 'Ours' })
  await go(ann, `DELETE /posts/${post.id}`)
  await go(bob, 'DELETE /follows/ann')
  await go(ann, 'DELETE /users/account', { password: 'wrong' })
  await go(ann, 'DELETE /users/account', { password: 'another password' })
  await go(bob, 'DELETE /sessions/current')
  expect(walked.size).toBeGreaterThan(40)
})

test('the documentation page lists every call', async () => {
  using t = await withDocument()
  const page = await (await t.request('/api/docs')).text()
  expect(t.operations.filter(({ path }) => !page.includes(path)).map(({ path }) => path)).toEqual([])
})
