import { Client } from 'pg'

type Executing = { _activeQuery?: Query | null; _queryQueue: Query[] }
type Query = string | { text?: string }

const send = Client.prototype.query

/**
 * Lets a test fail when a query is sent on a connection that still executes another one. The driver keeps such a query
 * until its turn, which its next version refuses to do, and it warns only once in a process and only from the third query
 * on. The program asks through `lineOf` or a pool, or waits for each answer.
 */
Client.prototype.query = function (this: Client & Executing, ...given: [Query]) {
  const other = [this._activeQuery, ...this._queryQueue].find((each) => each)
  // The program takes an error of a connection for a server that is away, so this one goes past whoever asked.
  if (other) void Promise.reject(new Error(`"${textOf(given[0])}" was sent while "${textOf(other)}" is executed.`))
  return Reflect.apply(send, this, given)
} as typeof send

const textOf = (query: Query) => (typeof query === 'string' ? query : query.text)
