import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'
import { object } from '../../shapes/object'
import { problemSchema } from '../../shapes/problem'
import type { Call, Schema } from '../http/api'

const json = (schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } },
})
/** `complete.ts` replaces this by the answer that all calls share, and adds those that any call can have. */
const problem = () => ({
  description: 'The request failed.',
  content: { 'application/problem+json': { schema: resolver(problemSchema) } },
})

const pageOf = (items: Schema, others: Call['with'] = {}) =>
  object(() => ({ items: z.array(items), nextCursor: z.string().nullable(), ...resolved(others) }))

const resolved = <T extends object>(given: T | (() => T)): T => (typeof given === 'function' ? given() : given)

const paging = [
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
  { name: 'cursor', in: 'query', schema: { type: 'string' }, description: 'The `nextCursor` of the page before.' },
] as const
const span = [
  {
    name: 'since',
    in: 'query',
    schema: { type: 'string' },
    description: 'A time or a day in UTC. What is older is left out, by the time that the list is ordered by.',
  },
  {
    name: 'until',
    in: 'query',
    schema: { type: 'string' },
    description: 'A time or a day in UTC. The list begins before it.',
  },
] as const
const idempotency = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string', maxLength: 255 },
  description: 'A request repeated with the same key within a day is done once and gets the same answer.',
} as const

/** Describes a parameter. Those with a default need not be sent, so the schema is that of what is sent. */
function parameter(place: 'query' | 'path', name: string, given: string | Schema) {
  const written = typeof given === 'string' ? { type: 'string', description: given } : z.toJSONSchema(given, SENT)
  const { $schema: _, description, ...schema } = written as { $schema?: string; description?: string }
  return {
    name,
    in: place,
    ...(place === 'path' && { required: true }),
    schema,
    ...(description ? { description } : {}),
  }
}
const SENT = { io: 'input' } as const

/** Describes a call for the OpenAPI document, using the schemas that validate it. */
export function operationOf({
  summary,
  body,
  answers,
  made,
  waits,
  lists,
  dated,
  with: others,
  query = {},
  params = {},
  file,
  bytes,
  stream,
  once,
  errors = [],
}: Call) {
  const good = answers ?? (lists && pageOf(lists, others))
  const multipart = {
    'multipart/form-data': {
      schema: {
        type: 'object' as const,
        properties: { file: { type: 'string' as const, format: 'binary' } },
        required: ['file'],
      },
    },
  }
  return describeRoute({
    summary,
    ...(body && {
      requestBody: {
        required: !body.safeParse({}).success,
        content: { 'application/json': { schema: resolver(body) } },
      },
    }),
    ...(file && { requestBody: { required: true, content: multipart } }),
    parameters: [
      ...Object.entries(params).map(([name, schema]) => parameter('path', name, schema)),
      ...(lists ? paging : []),
      ...(dated ? span : []),
      ...Object.entries(resolved(query)).map(([name, given]) => parameter('query', name, given)),
      ...(once ? [idempotency] : []),
    ],
    responses: {
      ...(good && { 200: json(good, 'Done.') }),
      ...(made && { 201: json(made, 'Created.') }),
      ...(waits && { 202: json(waits, 'Somebody else has to agree.') }),
      ...(bytes && {
        200: {
          description: 'The bytes of the file.',
          content: Object.fromEntries(
            bytes.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }]),
          ),
        },
      }),
      ...(stream && {
        200: { description: stream, content: { 'text/event-stream': { schema: { type: 'string' as const } } } },
      }),
      ...(!good && !made && !bytes && !stream && { 204: { description: 'Done.' } }),
      ...Object.fromEntries([...errors, ...(body || dated ? [422] : [])].map((status) => [status, problem()])),
    },
  })
}
