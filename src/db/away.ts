/**
 * The database server does not answer, or accepts no writes at the moment. Nothing of the transaction was stored. The
 * request can be repeated: connections are made again as soon as the server is back.
 */
export class DatabaseAway extends Error {
  constructor(cause?: unknown) {
    super('The database does not answer at the moment.', { cause })
  }
}

/** Whether the error, or what caused it, is that the database is away. */
export const isDatabaseAway = (error: unknown): boolean =>
  error instanceof DatabaseAway || (error instanceof Error && isDatabaseAway(error.cause))
