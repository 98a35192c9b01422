import type { MiddlewareHandler, Next } from 'hono'
import { describeRoute, resolver } from 'hono-openapi'
import { z } from 'zod'

type Schema = z.ZodType
type Call = {
  body?: Schema
  /** The schema of a 200 answer; use `made` for a 201. Without either the call answers 204. */
  answers?: Schema
  made?: Schema
  /** The schema of a 202 answer: somebody else has to agree first. */
  waits?: Schema
  /** The call answers a page of a list with items of this schema. */
  lists?: Schema
  /** The list is in the order of time and takes `since` and `until`. */
  dated?: boolean
  /** Members of the answer besides `items` and `nextCursor`. */
  with?: Record<string, Schema>
  /** Query parameters besides those for paging: each name with its description. */
  query?: Record<string, string>
  /** The request body is a file. */
  file?: boolean
  /** The call answers with the bytes of a file. */
  bytes?: boolean
  /** The call answers with server-sent events until the client leaves; the text describes them. */
  stream?: string
  /** The call accepts `Idempotency-Key`. */
  once?: boolean
  errors?: number[]
}

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('A stable snake_case code for clients to check.'),
    detail: z.string().describe('An explanation to show to people.'),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' })

const MEANING: Record<number, string> = {
  401: 'Nobody is signed in.',
  403: 'This person is not allowed to do this.',
  404: 'It does not exist, or this person may not know that it exists.',
  409: 'The request conflicts with the current state.',
  410: 'It is no longer available.',
  413: 'The upload is too large, or the storage quota is used up.',
  415: 'This media type is not supported.',
  422: 'The input is not valid; `errors` lists the fields.',
  429: 'Too many requests; `Retry-After` says when to try again.',
  503: 'An external server that this call needs does not answer. Nothing is lost; try again.',
  507: 'The disk of this server is full.',
}

const json = (schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema: resolver(schema) } },
})
const problem = (status: number) => ({
  description: MEANING[status] ?? 'The request failed.',
  content: { 'application/problem+json': { schema: resolver(problemSchema) } },
})

const pageOf = (items: Schema, others: Record<string, Schema> = {}) =>
  z.object({ items: z.array(items), nextCursor: z.string().nullable(), ...others })

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

const inQuery = ([name, description]: [string, string]) => ({
  name,
  in: 'query' as const,
  schema: { type: 'string' as const },
  description,
})

/** Describes a call for the OpenAPI document, using the schemas that validate it. */
export function api(
  summary: string,
  {
    body,
    answers,
    made,
    waits,
    lists,
    dated,
    with: others,
    query = {},
    file,
    bytes,
    stream,
    once,
    errors = [],
  }: Call = {},
): MiddlewareHandler {
  const good = answers ?? (lists && pageOf(lists, others))
  const multipart = {
    'multipart/form-data': {
      schema: { type: 'object' as const, properties: { file: { type: 'string' as const, format: 'binary' } } },
    },
  }
  const description = describeRoute({
    summary,
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: resolver(body) } } } }),
    ...(file && { requestBody: { required: true, content: multipart } }),
    parameters: [
      ...(lists ? paging : []),
      ...(dated ? span : []),
      ...Object.entries(query).map(inQuery),
      ...(once ? [idempotency] : []),
    ],
    responses: {
      ...(good && { 200: json(good, 'Done.') }),
      ...(made && { 201: json(made, 'Created.') }),
      ...(waits && { 202: json(waits, 'Somebody else has to agree.') }),
      ...(bytes && {
        200: {
          description: 'The bytes of the file.',
          content: { '*/*': { schema: { type: 'string' as const, format: 'binary' } } },
        },
      }),
      ...(stream && {
        200: { description: stream, content: { 'text/event-stream': { schema: { type: 'string' as const } } } },
      }),
      ...(!good && !made && !bytes && !stream && { 204: { description: 'Done.' } }),
      ...Object.fromEntries([...errors, ...(body || dated ? [422] : [])].map((status) => [status, problem(status)])),
    },
  })
  // The library's own function would make a promise for every request, for nothing.
  return Object.assign((_: unknown, next: Next) => next(), description)
}
