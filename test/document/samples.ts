import type { Json } from '../harness'
import type { Checker } from './checker'

/** Which values of a schema are wanted: usual ones, only the required ones, or those at its limits. */
export type Wanted = 'full' | 'least' | 'low' | 'high'

/** Values that a schema cannot say, by the name of the property. */
const KNOWN: Record<string, Json> = {
  handle: 'eve',
  password: 'a long password',
  current: 'a long password',
  birthDate: '1990-05-05',
  email: 'somebody@example.org',
  links: ['https://example.org'],
  timeZone: 'Asia/Seoul',
  locale: 'ko',
  currency: 'eur',
  reason: 'spam',
  endpoint: 'https://push.example.org/1',
}

/** Makes a value that the schema allows. */
export function sample(checker: Checker, given: Json, wanted: Wanted, name = ''): Json {
  const schema = checker.resolve(given) ?? {}
  if (wanted === 'full' && name in KNOWN) return KNOWN[name]
  if ('const' in schema) return schema.const
  if (schema.enum) return wanted === 'high' ? schema.enum.at(-1) : schema.enum[0]
  const either = schema.anyOf ?? schema.oneOf
  if (either) return sample(checker, wanted === 'low' ? either.at(-1) : either[0], wanted, name)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object') return objectOf(checker, schema, wanted)
  if (type === 'array') {
    const size =
      wanted === 'high' ? Math.min(schema.maxItems ?? 2, 30) : Math.max(schema.minItems ?? 0, wanted === 'full' ? 1 : 0)
    return Array.from({ length: size }, () => sample(checker, schema.items, wanted))
  }
  if (type === 'integer' || type === 'number') return numberOf(schema, wanted)
  if (type === 'boolean') return wanted !== 'low'
  if (type === 'null') return null
  return textOf(schema, wanted)
}

function objectOf(checker: Checker, { properties = {}, required = [] }: Json, wanted: Wanted): Json {
  const names = Object.keys(properties).filter(
    (name) => name !== 'idempotencyKey' && (wanted !== 'least' || required.includes(name)),
  )
  return Object.fromEntries(names.map((name) => [name, sample(checker, properties[name], wanted, name)]))
}

function numberOf({ minimum, maximum, exclusiveMinimum, default: usual }: Json, wanted: Wanted): number {
  const least = minimum ?? (exclusiveMinimum !== undefined ? exclusiveMinimum + 1 : 0)
  if (wanted === 'high') return maximum ?? 1_000_000
  return wanted === 'low' ? Math.max(least, -1_000_000) : (usual ?? Math.max(least, 1))
}

function textOf({ format, pattern = '', minLength = 0, maxLength = 200 }: Json, wanted: Wanted): string {
  if (pattern.includes('T(?:') || format === 'date-time') return '2026-03-01T12:00:00Z'
  if (format === 'uri') return 'https://example.org'
  if (format === 'email') return 'somebody@example.org'
  const length = wanted === 'high' ? Math.min(maxLength, 20_000) : wanted === 'low' ? minLength : Math.max(minLength, 3)
  return 'a'.repeat(length)
}

/** Takes one value of each property that the schema does not allow, one body for each. */
export function wrongBodies(checker: Checker, given: Json, whole: Json): Json[] {
  const { properties = {} } = checker.resolve(given) ?? {}
  return Object.keys(properties).map((name) => {
    const type = checker.resolve(properties[name])?.type
    return { ...whole, [name]: type === 'string' || type === undefined ? { not: 'text' } : 'no such value' }
  })
}
