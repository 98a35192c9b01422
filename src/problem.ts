import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ProblemJson } from '../shapes/problem'

/** Every way in which a request can be refused. `http/errors.ts` gives each its status code. */
export type Kind =
  | 'unreadable'
  | 'unauthenticated'
  | 'payment_required'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'gone'
  | 'precondition_failed'
  | 'too_large'
  | 'unsupported_media'
  | 'invalid'
  | 'rate_limited'
  | 'checksum_mismatch'
  | 'unavailable'
  | 'storage_full'

/** A mistake in one field of what was sent. `path` is the field's name, with dots between nested ones. */
export type FieldError = { path: string; message: string }

/** Members of the answer beside the standard ones; RFC 9457 calls them extensions. The document names each of them. */
export type ProblemMembers = Omit<Partial<ProblemJson>, 'type' | 'title' | 'status' | 'detail' | 'errors'> & {
  errors?: FieldError[]
}

/** A day that a sentence names, in the time zone of the person whom it concerns, or else of who reads it. */
export type Day = { at: Date; timeZone: string | null }

/**
 * The only error that models throw. `kind` gives the status. Clients check `code`, which models set when it says more
 * than `kind`. `detail` is an English sentence, which is translated when it is shown, with `values` in place of its
 * `{placeholders}`.
 */
export class Problem extends Error {
  constructor(
    readonly kind: Kind,
    detail: string,
    readonly members: ProblemMembers = {},
    readonly values: Record<string, string | number | Day> = {},
  ) {
    super(detail)
  }
}

/** The problem of a request with mistakes in these fields. A form shows each message at its field. */
export const invalidFields = (...errors: FieldError[]) =>
  new Problem('invalid', 'Please check what you entered.', { errors })

/** The problem of a request whose only mistake is in one field, so that the whole answer says what the field says. */
export const fieldProblem = (kind: Kind, error: FieldError, members: Omit<ProblemMembers, 'errors'> = {}) =>
  new Problem(kind, error.message, { ...members, errors: [error] })

/** A problem as it is sent: `application/problem+json`, RFC 9457. */
export type Failure = ProblemMembers & {
  type: string
  title: string
  status: ContentfulStatusCode
  code: string
  detail: string
}
