import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Translate } from '../../views/words'
import { sayDay } from '../../views/words/format'
import { databaseAway, isNews, OutcomeUnknown } from '../db/away'
import { isOutOfRoom } from '../disk'
import { type Failure, type Kind, Problem, type ProblemMembers } from '../problem'

const status: Record<Kind, number> = {
  unreadable: 400,
  unauthenticated: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  unsupported_media: 415,
  invalid: 422,
  rate_limited: 429,
  checksum_mismatch: 460, // of the tus protocol
  unavailable: 503,
  storage_full: 507,
}
/** The titles of these statuses, as HTTP names them. `node:http` has them all, but it takes long to load. */
const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  460: 'Checksum Mismatch',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
  507: 'Insufficient Storage',
}
const titleOf = (status: number) => TITLES[status] ?? 'Error'
const failure = (
  status: ContentfulStatusCode,
  code: string,
  detail: string,
  members: ProblemMembers = {},
): Failure => ({
  type: 'about:blank',
  title: titleOf(status),
  status,
  code,
  detail,
  ...members,
})

/** An upload that has no room is answered with this sentence, too (`src/uploads/reservations.ts`). */
const FULL_DISK = 'The disk of this server is full. Nothing is lost; please tell the staff.'

/** When to try again while the database is away, which is usually restarting. */
const RETRY_SECONDS = 5

const kindOf = (code: number) => Object.entries(status).find(([, value]) => value === code)?.[0] as Kind | undefined

/** The language of the person who reads the answer, and the time zone of the days that the answer names. */
type Reader = { t: Translate; timeZone: string }

/**
 * The only place where an error becomes a status code. Unexpected errors are logged, and their details are not sent to
 * the client.
 */
export function toFailure(
  error: Error,
  { t, timeZone }: Reader,
  log: (requestId: string | undefined, error: Error) => void,
): Failure {
  if (error instanceof Problem) {
    const { errors, ...members } = error.members
    const translated = errors && { errors: errors.map(({ path, message }) => ({ path, message: t(message) })) }
    const code = status[error.kind] as ContentfulStatusCode
    const values = Object.entries(error.values).map(([name, value]) => [
      name,
      typeof value === 'object' ? sayDay(value.at, t.locale, value.timeZone ?? timeZone) : value,
    ])
    return failure(code, error.kind, t(error.message, Object.fromEntries(values)), { ...members, ...translated })
  }
  if (error instanceof HTTPException) {
    const code = kindOf(error.status) ?? `http_${error.status}`
    return failure(error.status as ContentfulStatusCode, code, t(error.message || titleOf(error.status)))
  }
  if (isOutOfRoom(error)) {
    log(undefined, error) // nobody has to look for this request in the log
    return failure(507, 'storage_full', t(FULL_DISK))
  }
  const away = databaseAway(error)
  if (away) {
    if (isNews(error)) log(undefined, error)
    const isUnknown = away instanceof OutcomeUnknown
    const detail = isUnknown
      ? t('The database stopped answering while it stored this. Please check whether it is done before you try again.')
      : t('The database of this server does not answer at the moment. Nothing is lost; please try again soon.')
    return failure(503, isUnknown ? 'outcome_unknown' : 'unavailable', detail, { retryAfter: RETRY_SECONDS })
  }
  const requestId = crypto.randomUUID()
  log(requestId, error)
  return failure(500, 'internal', t('Something went wrong on our side. The error has been logged.'), { requestId })
}
