import type { MiddlewareHandler, Next } from 'hono'
import type { z } from 'zod'

export type Schema = z.ZodType
type Query = Record<string, string | Schema>
export type Call = {
  summary: string
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
  with?: Record<string, Schema> | (() => Record<string, Schema>)
  /** Query parameters besides those for paging: each name with its description, or with a schema that is not a string. */
  query?: Query | (() => Query)
  /** The schemas of parameters in the path. Those named `id` or ending in `Id` are integers, and all others text. */
  params?: Record<string, Schema>
  /** The request body is a file. */
  file?: boolean
  /** The call answers with the bytes of a file of one of these media types. */
  bytes?: string[]
  /** The call answers with server-sent events until the client leaves; the text describes them. */
  stream?: string
  /** The call accepts `Idempotency-Key`. */
  once?: boolean
  errors?: number[]
}

const calls = new WeakMap<object, Call>()

/**
 * Notes what a call takes and answers. The description for the OpenAPI document (`src/docs/operation.ts`) is made from it
 * when somebody asks for the document, since making all of them takes longer than the rest of a start.
 */
export function api(summary: string, call: Omit<Call, 'summary'> = {}): MiddlewareHandler {
  const handler = (_: unknown, next: Next) => next()
  calls.set(handler, { summary, ...call })
  return handler
}

/** The call that a handler of a route notes, if it is one of these. */
export const callOf = (handler: object): Call | undefined => calls.get(handler)
