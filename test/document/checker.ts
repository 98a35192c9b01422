import { Ajv2020 } from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import type { OpenAPIV3_1 } from 'openapi-types'
import type { Json } from '../harness'

export type Document = OpenAPIV3_1.Document
export type Call = { method: string; path: string; operation: Json }
export type Answer = Pick<Response, 'status' | 'headers' | 'text'>
export type Checker = ReturnType<typeof checkerOf>

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options']

export const callsOf = (document: Document): Call[] =>
  Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Json)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )

/** Closes every object of the schemas, so that an answer may contain only what the document names. */
function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed)
  if (!schema || typeof schema !== 'object') return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  const isObject = schema.type === 'object' && schema.properties && schema.additionalProperties === undefined
  return isObject ? { ...inner, additionalProperties: false } : inner
}

const DOCUMENT = 'https://pinhole.example/openapi.json'

/** Checks answers and bodies against the schemas of the document, by JSON Schema 2020-12. */
export function checkerOf(document: Document) {
  const open = ajvOf(document)
  const strict = ajvOf({ ...document, ...closed({ paths: document.paths, components: document.components }) })
  const resolve = (part: Json): Json => {
    const name = (part as { $ref?: string } | undefined)?.$ref
    return name
      ? name
          .split('/')
          .slice(1)
          .reduce((at: Json, key) => at?.[key], document as Json)
      : part
  }
  const validate = (ajv: Ajv2020, schema: Json, value: unknown): string[] => {
    const check = ajv.compile(withDocument(schema))
    return check(value)
      ? []
      : (check.errors ?? []).map((each) => `${each.instancePath} ${each.message} ${JSON.stringify(each.params)}`)
  }

  return {
    resolve,
    /** Whether the document allows this JSON as the body of the call. */
    allowsBody: ({ operation }: Call, value: unknown): boolean => {
      const schema = operation.requestBody?.content?.['application/json']?.schema
      return !schema || !validate(open, schema, value).length
    },

    /** Returns what an answer has that the document does not allow. */
    async faults({ method, operation }: Call, answer: Answer): Promise<string[]> {
      const described = resolve(operation.responses[answer.status])
      if (!described) return [`the status ${answer.status} is not in the document`]
      const faults: string[] = []
      for (const [name, header] of Object.entries<Json>(described.headers ?? {})) {
        const { required, schema } = resolve(header)
        const value = answer.headers.get(name)
        if (value === null && required) faults.push(`the header ${name} is missing`)
        const read = schema?.type === 'integer' ? Number(value) : value
        if (value !== null && schema) faults.push(...validate(open, schema, read).map((fault) => `${name}: ${fault}`))
      }
      const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
      const types = Object.keys(described.content ?? {})
      if (type === 'text/event-stream') return types.includes(type) ? faults : [...faults, 'an event stream']
      const text = await answer.text()
      if (method === 'HEAD' || !types.length) return text ? [...faults, `a body: ${text.slice(0, 100)}`] : faults
      const found = types.find((each) => each === type || (each.endsWith('/*') && type.startsWith(each.slice(0, -1))))
      if (!found) return [...faults, `the media type ${type} instead of ${types.join()}`]
      if (!found.endsWith('json')) return faults
      const { schema } = described.content[found]
      return [...faults, ...validate(strict, schema, JSON.parse(text)).map((fault) => `${answer.status}: ${fault}`)]
    },
  }
}

/** Lets the references of a part of the document lead back into it. */
const memory = new WeakMap<object, object>()
function withDocument(schema: Json): object {
  const known = memory.get(schema)
  if (known) return known
  const made = JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${DOCUMENT}#/`))
  memory.set(schema, made)
  return made
}

function ajvOf(document: object): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false })
  addFormats.default(ajv)
  ajv.addSchema({ ...document, $id: DOCUMENT }, DOCUMENT)
  return ajv
}
