import type { MiddlewareHandler } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'

type Schema = z.ZodType
type Call = {
  body?: Schema
  /** What it answers with: 200, or `made` 201. Without either it is 204. */
  answers?: Schema
  made?: Schema
  /** It answers a page of a list of these. */
  lists?: Schema
  /** Besides `items` and `nextCursor`. */
  with?: Record<string, Schema>
  /** What may stand in the query, besides what pages of a list need: its name and what it does. */
  query?: Record<string, string>
  /** The body is a file. */
  file?: boolean
  /** It answers with the bytes of a file. */
  bytes?: boolean
  /** It answers with server-sent events, as long as the client stays: which, and what they say. */
  stream?: string
  /** Understands `Idempotency-Key`. */
  once?: boolean
  errors?: number[]
}

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable, snake_case: what a client tests.'),
    detail: z.string().describe('A sentence for people.'),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })

const MEANING: Record<number, string> = {
  401: 'Nobody is signed in.',
  403: 'Not for this person.',
  404: 'Not there, or not for this person to know of.',
  409: 'It contradicts what is there.',
  410: 'It is gone.',
  413: 'Too large, or no room left.',
  415: 'Of a kind that is not taken.',
  422: 'Something in it is wrong; `errors` says what.',
  429: 'Too often; `Retry-After` says when to come again.',
  503: 'Somebody else’s server, which this needs, does not answer. Nothing is lost; try again.',
  507: 'The disk is full.',
}

const json = (schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } },
})
const problem = (status: number) => ({
  description: MEANING[status] ?? 'It failed.',
  content: { 'application/problem+json': { schema: resolver(problemSchema) } },
})

const pageOf = (items: Schema, others: Record<string, Schema> = {}) =>
  z.object({ items: z.array(items), nextCursor: z.string().nullable(), ...others })

const paging = [
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
  { name: 'cursor', in: 'query', schema: { type: 'string' }, description: 'From `nextCursor`.' },
] as const
const idempotency = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string', maxLength: 255 },
  description: 'The same key within a day: the same answer, done once.',
} as const

const inQuery = ([name, description]: [string, string]) => ({
  name,
  in: 'query' as const,
  schema: { type: 'string' as const },
  description,
})

/** Describes a call for the OpenAPI document, with the schemas that the call itself checks by. */
export function api(
  summary: string,
  { body, answers, made, lists, with: others, query = {}, file, bytes, stream, once, errors = [] }: Call = {},
): MiddlewareHandler {
  const good = answers ?? (lists && pageOf(lists, others))
  const multipart = {
    'multipart/form-data': {
      schema: { type: 'object' as const, properties: { file: { type: 'string' as const, format: 'binary' } } },
    },
  }
  return describeRoute({
    summary,
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: resolver(body) } } } }),
    ...(file && { requestBody: { required: true, content: multipart } }),
    parameters: [...(lists ? paging : []), ...Object.entries(query).map(inQuery), ...(once ? [idempotency] : [])],
    responses: {
      ...(good && { 200: json(good, 'Done.') }),
      ...(made && { 201: json(made, 'Made.') }),
      ...(bytes && {
        200: {
          description: 'The bytes.',
          content: { '*/*': { schema: { type: 'string' as const, format: 'binary' } } },
        },
      }),
      ...(stream && {
        200: { description: stream, content: { 'text/event-stream': { schema: { type: 'string' as const } } } },
      }),
      ...(!good && !made && !bytes && !stream && { 204: { description: 'Done.' } }),
      ...Object.fromEntries([...errors, ...(body ? [422] : [])].map((status) => [status, problem(status)])),
    },
  })
}
