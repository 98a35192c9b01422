import type { OpenAPIV3_1 } from 'openapi-types'

type Schema = OpenAPIV3_1.SchemaObject
type Spec = OpenAPIV3_1.Document
export type CallDoc = { method: string; path: string; operation: OpenAPIV3_1.OperationObject }
export type FieldDoc = { name: string; type: string; required: boolean; about: string }

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

/** Groups the calls by resource, which is the first path segment after `/api`. */
export function callsByResource({ paths = {} }: Spec): { name: string; calls: CallDoc[] }[] {
  const groups = new Map<string, CallDoc[]>()
  for (const [path, item] of Object.entries(paths))
    for (const method of METHODS) {
      const operation = item?.[method]
      if (!operation) continue
      const name = path.replace(/^\/api(?=\/)/, '').split('/')[1] || 'api'
      groups.set(name, [...(groups.get(name) ?? []), { method: method.toUpperCase(), path, operation }])
    }
  return [...groups].map(([name, calls]) => ({ name, calls })).sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Follows a `$ref`. A reference to something that does not exist gives an empty schema. */
export function resolve(spec: Spec, schema: unknown): Schema {
  const ref = (schema as { $ref?: string } | undefined)?.$ref
  if (!ref) return (schema ?? {}) as Schema
  const found = ref
    .split('/')
    .slice(1)
    .reduce((at: unknown, key) => (at as Record<string, unknown> | undefined)?.[key], spec)
  return (found ?? {}) as Schema
}

/** Describes a schema in a few characters: `integer`, `"a" | "b"`, `File[]`, `string | null`. */
export function typeText(spec: Spec, schema: unknown): string {
  const ref = (schema as { $ref?: string } | undefined)?.$ref
  if (ref) return ref.split('/').at(-1) ?? ''
  const plain = (schema ?? {}) as Schema
  if (plain.enum) return plain.enum.map((value) => JSON.stringify(value)).join(' | ')
  if ('const' in plain) return JSON.stringify(plain.const)
  const either = plain.anyOf ?? plain.oneOf
  if (either) return either.map((each) => typeText(spec, each)).join(' | ')
  if (plain.type === 'array') return `${typeText(spec, (plain as { items?: unknown }).items)}[]`
  if (Array.isArray(plain.type)) return plain.type.join(' | ')
  return [plain.type ?? 'anything', plain.format && `(${plain.format})`].filter(Boolean).join(' ')
}

export function fieldsOf(spec: Spec, schema: unknown): FieldDoc[] {
  const { properties = {}, required = [] } = resolve(spec, schema)
  return Object.entries(properties).map(([name, field]) => ({
    name,
    type: typeText(spec, field),
    required: required.includes(name),
    about: [resolve(spec, field).description, limitsText(field as Schema)].filter(Boolean).join(' '),
  }))
}

const limitsText = ({ minLength, maxLength, minimum, maximum, pattern }: Schema) =>
  [
    minLength !== undefined && maxLength !== undefined ? `${minLength}–${maxLength} characters.` : '',
    minimum !== undefined && maximum !== undefined && maximum < 2 ** 53 - 1 ? `${minimum}–${maximum}.` : '',
    pattern && !minLength && pattern.length < 40 ? `Matches ${pattern}.` : '',
  ]
    .join(' ')
    .trim()

/** The schema of a body or a response, with its media type. */
export function contentOf(spec: Spec, part: unknown): { type: string; schema: unknown } | null {
  const { content } = resolve(spec, part) as { content?: Record<string, { schema?: unknown }> }
  const [first] = Object.entries(content ?? {})
  return first ? { type: first[0], schema: first[1].schema } : null
}
