import { expect, test } from 'bun:test'
import { describeApi } from '../../scripts/openapi'

type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  pattern?: string
  enum?: unknown[]
  properties?: Record<string, Schema>
  items?: Schema
} & Partial<Record<'anyOf' | 'oneOf' | 'allOf', Schema[]>>
type Body = { content?: Record<string, { schema: Schema }> }
type Document = {
  paths: Record<string, Record<string, { requestBody?: Body }>>
  components: { schemas: Record<string, Schema> }
}

/** Strings in request bodies that are no texts: secrets, codes, and what a model looks up or parses. */
const CODES = [
  ...['account', 'code', 'currency', 'current', 'endpoint', 'handle', 'handles', 'idempotencyKey', 'invite', 'next'],
  ...[
    'pack',
    'password',
    'redirectUris',
    'redirect_uris',
    'response_types',
    'price',
    'replaces',
    'ticket',
    'url',
    'timeZone',
    'token',
  ],
  // the answers of passkeys, which browsers write
  ...[
    'attestationObject',
    'authenticatorData',
    'clientDataJSON',
    'id',
    'passkey',
    'rawId',
    'response',
    'signature',
    'type',
  ],
]

/** Lists the name and format of every string that a request body may contain. */
function stringsIn(schema: Schema, all: Document['components']['schemas'], name = '', seen = new Set<string>()) {
  const found: { name: string; format: string | undefined }[] = []
  const visit = (each: Schema, at: string) => {
    const target = each.$ref?.split('/').at(-1)
    if (target && !seen.has(target)) {
      seen.add(target)
      visit(all[target]!, at)
    }
    if ([each.type].flat().includes('string') && !each.enum)
      found.push({ name: at, format: each.format ?? each.pattern })
    for (const [key, value] of Object.entries(each.properties ?? {})) visit(value, key)
    if (each.items) visit(each.items, at)
    for (const option of [...(each.anyOf ?? []), ...(each.oneOf ?? []), ...(each.allOf ?? [])]) visit(option, at)
  }
  visit(schema, name)
  return found
}

test('every text that people write is a field of shapes/text.ts', async () => {
  const document: Document = JSON.parse(await describeApi())
  const strings = Object.values(document.paths)
    .flatMap((calls) => Object.values(calls))
    .flatMap(({ requestBody }) => Object.values(requestBody?.content ?? {}))
    .flatMap(({ schema }) => stringsIn(schema, document.components.schemas))
  const raw = strings.filter(({ format }) => !format).map(({ name }) => name)
  expect(new Set(strings.filter(({ format }) => format === 'name').map(({ name }) => name))).toEqual(
    new Set([
      'displayName',
      'siteName',
      'name',
      'bank',
      'account',
      'holder',
      'depositor',
      'client_name',
      'collectionName',
    ]),
  )
  expect([...new Set(raw)].filter((name) => !CODES.includes(name)).sort()).toEqual([])
  expect(CODES.filter((name) => !raw.includes(name))).toEqual([])
})
