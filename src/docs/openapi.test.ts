import { expect, test } from 'bun:test'
import { z } from 'zod'
import { type Json, testApp } from '../../test/harness'
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

const find = (document: Document, ref: string): Json =>
  ref
    .split('/')
    .slice(1)
    .reduce((at: Json, key) => at?.[key], document)

/** Returns the schema with all its references resolved. */
function resolve(schema: Json, document: Document): Json {
  if (Array.isArray(schema)) return schema.map((each) => resolve(each, document))
  if (!schema || typeof schema !== 'object') return schema
  if (typeof schema.$ref === 'string') return resolve(find(document, schema.$ref), document)
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
    expect([ref, find(document, ref!) !== undefined]).toEqual([ref, true])
  for (const { path, method, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const declared = (operation.parameters ?? [])
      .filter((each) => each.in === 'path')
      .map(({ name, required }) => (required ? name : 'optional'))
    expect([path, declared.sort()]).toEqual([path, named.sort()])
    expect([path, method, /^[A-Z].+\.$/.test(operation.summary)]).toEqual([path, method, true])
    const answers = Object.entries<Json>(resolve(operation.responses, document))
    expect([path, answers.some(([status]) => /^2\d\d$/.test(status))]).toEqual([path, true])
    for (const [status, { description }] of answers)
      expect([/^\d{3}$/.test(status), description.length > 0]).toEqual([true, true])
  }
  for (const [name, schema] of Object.entries(document.components.schemas))
    expect([name, z.fromJSONSchema(resolve(schema, document)) instanceof z.ZodType]).toEqual([name, true])
})

/** Addresses that the document leaves out: pages with forms, and those of the document itself. */
const NO_CALLS = new RegExp(
  [
    '/(new|edit|sent|done|waiting)$',
    '^/api/users/account/(profile|email|language|privacy|security|leaving)$',
    '^/api/uploads/[*]$',
    '^/api/(setup|openapi[.]json|docs|oauth/authorize)(/|$)',
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

test('the documentation page lists every call', async () => {
  using t = await withDocument()
  const page = await (await t.request('/api/docs')).text()
  expect(t.operations.filter(({ path }) => !page.includes(path)).map(({ path }) => path)).toEqual([])
})

test('the document and its page are made again for other settings, addresses and languages', async () => {
  using t = await withDocument()
  const boss = await t.user('boss', { role: 'admin' })
  const titleAndAddress = async (host: string) => {
    const { info, servers } = (await (await t.request(`http://${host}/api/openapi.json`)).json()) as Document
    return [info.title, servers[0].url]
  }
  expect(await titleAndAddress('one.example')).toEqual(['Pinhole API', 'http://one.example'])
  await t.api(boss, 'PATCH /admin/settings', { siteName: 'Obscura' })
  expect(await titleAndAddress('one.example')).toEqual(['Obscura API', 'http://one.example'])
  expect(await titleAndAddress('other.example')).toEqual(['Obscura API', 'http://other.example'])

  const headings = async (language: string) => {
    const page = await (await t.request('/api/docs', { headers: { 'accept-language': language } })).text()
    return [...new Set(page.match(/(?<=<h3>)(Responses|응답)(?=<)/g))]
  }
  expect([await headings('en'), await headings('ko'), await headings('en')]).toEqual([
    ['Responses'],
    ['응답'],
    ['Responses'],
  ])

  const withoutToken = async () =>
    (await (await t.request('/api/openapi.json')).json()).paths['/api/posts/{id}'].get.security
  const before = await withoutToken()
  await t.api(boss, 'PATCH /admin/settings', { access: 'public' })
  expect(await withoutToken()).not.toEqual(before)
})
