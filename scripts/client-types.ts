export const clientTypesFile = 'client/src/api.ts'

type Schema = {
  $ref?: string
  anyOf?: Schema[]
  const?: unknown
  enum?: unknown[]
  type?: string | string[]
  format?: string
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  description?: string
}
type Content = Record<string, { schema?: Schema }>
type Parameter = { name: string; in: string; required?: boolean; description?: string; schema: Schema }
type Operation = {
  summary?: string
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Content }
  responses: Record<string, { content?: Content }>
}
type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } }

type Field = { name: string; type: string; isOptional: boolean; description?: string | undefined }

/** The keywords that `typeOf` translates, and those that narrow a value in ways that TypeScript has no words for. */
const TRANSLATED = 'type format enum const anyOf $ref items properties required additionalProperties description'
const TOO_FINE =
  'title default pattern propertyNames minimum maximum exclusiveMinimum exclusiveMaximum multipleOf ' +
  'minLength maxLength minItems maxItems uniqueItems'
const KEYWORDS = new Set(`${TRANSLATED} ${TOO_FINE}`.split(' '))

/** Uploads and events have a protocol of their own, which the client speaks in `upload` and `events`. */
const ELSEWHERE = ['uploads', 'events']
const METHODS = ['get', 'post', 'put', 'patch', 'delete']

const HEAD = `// scripts/client-types.ts writes this file from docs/openapi.json. To change it, run "npm run openapi".

/** What a call takes, and what it answers. */
export type Call<Input, Answer> = { input: Input; answer: Answer }
`

/** Writes the types of the client: one for each schema of the document, and `Calls`, which lists every call. */
export function writeClientTypes(text: string): string {
  const { paths, components }: Document = JSON.parse(text)
  const types = Object.entries(components.schemas).map(
    ([name, schema]) => `${comment(schema.description, '')}export type ${name} = ${typeOf(schema, '')}\n`,
  )
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const call = methods[method]
      if (!call || call.tags?.some((tag) => ELSEWHERE.includes(tag))) return []
      const types = `Call<${inputOf(call)}, ${answerOf(call)}>`
      return `${comment(call.summary, '  ')}  '${method.toUpperCase()} ${path}': ${types}\n`
    }),
  )
  return `${HEAD}\n${types.join('\n')}\nexport type Calls = {\n${calls.join('')}}\n`
}

function inputOf({ parameters = [], requestBody }: Operation): string {
  const from = (place: string) => parameters.filter((parameter) => parameter.in === place).map(fieldOf)
  const [path, query] = [from('path'), from('query')]
  const body = requestBody && Object.values(requestBody.content)[0]?.schema
  const fields: Field[] = []
  if (path.length) fields.push({ name: 'path', type: objectOf(path, '    '), isOptional: false })
  if (query.length)
    fields.push({ name: 'query', type: objectOf(query, '    '), isOptional: query.every((field) => field.isOptional) })
  if (body) fields.push({ name: 'body', type: typeOf(body, '    '), isOptional: !requestBody.required })
  for (const { name, type, description } of from('header')) {
    if (name !== 'Idempotency-Key') throw new Error(`Teach client/src/client.ts to send the header ${name}.`)
    fields.push({ name: 'idempotencyKey', type, isOptional: true, description })
  }
  return fields.length ? objectOf(fields, '  ') : '{}'
}

const fieldOf = ({ name, required, description, schema }: Parameter): Field => ({
  name,
  type: typeOf(schema, '      '),
  isOptional: !required,
  description,
})

/** The type of a successful answer. What is not JSON is left to the caller as a `Response`, which may be large. */
function answerOf({ responses }: Operation): string {
  const answers = Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { content }]) => Object.entries(content ?? { nothing: {} }))
    .map(([type, { schema }]) => {
      if (type === 'nothing') return 'undefined'
      return type === 'application/json' && schema ? typeOf(schema, '  ') : 'Response'
    })
  return union(answers)
}

function typeOf(schema: Schema, indent: string): string {
  const strange = Object.keys(schema).filter((word) => !KEYWORDS.has(word))
  if (strange.length) throw new Error(`Teach scripts/client-types.ts what these keywords mean: ${strange.join(', ')}.`)
  if (schema.$ref) return schema.$ref.slice('#/components/schemas/'.length)
  if (schema.anyOf) return union(schema.anyOf.map((each) => typeOf(each, indent)))
  if (schema.enum) return union(schema.enum.map(literal))
  if ('const' in schema) return literal(schema.const)
  if (!schema.type) return 'unknown'
  return union([schema.type].flat().map((type) => typeOfKind(type, schema, indent)))
}

function typeOfKind(type: string, { format, items, properties, ...schema }: Schema, indent: string): string {
  if (type === 'string') return format === 'binary' ? 'Blob' : 'string'
  if (type === 'integer') return 'number'
  if (type === 'array') return arrayOf(items ? typeOf(items, indent) : 'unknown')
  if (type !== 'object') return type
  if (properties) {
    const fields = Object.entries(properties).map(([name, property]) => ({
      name,
      type: typeOf(property, `${indent}  `),
      isOptional: !schema.required?.includes(name),
      description: property.description,
    }))
    return objectOf(fields, indent)
  }
  const { additionalProperties: rest } = schema
  return `Record<string, ${typeof rest === 'object' ? typeOf(rest, indent) : 'unknown'}>`
}

function objectOf(fields: Field[], indent: string): string {
  const lines = fields.map(({ name, type, isOptional, description }) => {
    const key = /^[a-z_$][\w$]*$/i.test(name) ? name : literal(name)
    return `${comment(description, `${indent}  `)}${indent}  ${key}${isOptional ? '?' : ''}: ${type}\n`
  })
  return lines.length ? `{\n${lines.join('')}${indent}}` : '{}'
}

const union = (types: string[]) => [...new Set(types)].join(' | ')
const arrayOf = (type: string) => (/^\w+$/.test(type) ? `${type}[]` : `Array<${type}>`)
const literal = (value: unknown) => (typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : `${value}`)

function comment(text: string | undefined, indent: string): string {
  if (!text) return ''
  const lines = text.replaceAll('*/', '*\\/').split('\n')
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}\n`).join('')}${indent} */\n`
}
