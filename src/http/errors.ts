import { STATUS_CODES } from 'node:http'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

const status = {
  unreadable: 400,
  unauthenticated: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unsupported_media: 415,
  invalid: 422,
  rate_limited: 429,
  storage_full: 507,
} as const

export type Kind = keyof typeof status
export type FieldError = { path: string; message: string }
type Members = { code?: string; errors?: FieldError[]; [extension: string]: unknown }

/** The one error that models throw. `kind` gives the status; `code`, where it says more than `kind`, is what clients test. */
export class Problem extends Error {
  constructor(
    readonly kind: Kind,
    detail: string,
    readonly members: Members = {},
  ) {
    super(detail)
  }
}

/** problem+json, RFC 9457. */
export type Failure = Members & { type: string; title: string; status: ContentfulStatusCode; code: string; detail: string }

const failure = (status: ContentfulStatusCode, code: string, detail: string, members: Members = {}): Failure => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  code,
  detail,
  ...members,
})

const codeOf = (code: number) => Object.entries(status).find(([, value]) => value === code)?.[0] ?? `http_${code}`

/** The only place where an error becomes a status code. What nobody foresaw is logged, and tells the visitor nothing. */
export function toFailure(error: Error): Failure {
  if (error instanceof Problem) return failure(status[error.kind], error.kind, error.message, error.members)
  if (error instanceof HTTPException)
    return failure(error.status as ContentfulStatusCode, codeOf(error.status), error.message || STATUS_CODES[error.status]!)
  const requestId = crypto.randomUUID()
  console.error(requestId, error)
  return failure(500, 'internal', 'Something went wrong.', { requestId })
}
