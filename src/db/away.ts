/**
 * The database server does not answer, or accepts no writes at the moment. Nothing of the transaction was stored. The
 * request can be repeated: connections are made again as soon as the server is back.
 */
export class DatabaseAway extends Error {
  constructor(cause?: unknown) {
    const reason = reasonOf(cause)
    super(`The database does not answer at the moment${reason ? `: ${reason}` : '.'}`, { cause })
  }
}

/** Of several addresses of one host, each has failed. */
const reasonOf = (cause: unknown): string =>
  cause instanceof AggregateError ? reasonOf(cause.errors[0]) : cause instanceof Error ? cause.message : ''

/**
 * The connection broke while a transaction was committed, and the database did not come back soon enough to ask it. The
 * transaction may be stored or not, so a request is safe to repeat only if it has an `Idempotency-Key`.
 */
export class OutcomeUnknown extends DatabaseAway {}

/** The error, or what caused it, if that is that the database is away. */
export const databaseAway = (error: unknown): DatabaseAway | undefined =>
  error instanceof DatabaseAway ? error : error instanceof Error ? databaseAway(error.cause) : undefined

/** While the database is away, it is logged this often, however many requests, jobs and listeners meet it. */
const LOG_MS = 10_000
let loggedAt = 0

/** Whether an error is worth a line in the log, which all but the first of a database that is away are not. */
export function isNews(error: unknown): boolean {
  if (!databaseAway(error)) return true
  if (Date.now() < loggedAt + LOG_MS) return false
  loggedAt = Date.now()
  return true
}
