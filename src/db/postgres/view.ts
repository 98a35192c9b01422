import type { Reader } from '../open'
import { connect, lineOf } from './client'
import { refuseUnfinished } from './moving'
import { openDrizzle } from './session'

type View = { db: Reader } & AsyncDisposable

/** See `src/db/view.ts`. */
export const openView = (url: string): Promise<View> => open(url, 'set default_transaction_read_only = on')

/** The snapshot is that of the first query after `begin`, which is made here. */
export const openMoment = (url: string): Promise<View> =>
  open(url, 'begin isolation level repeatable read read only; select name from migrations limit 1')

async function open(url: string, start: string): Promise<View> {
  const client = await connect(url)
  try {
    await refuseUnfinished(client)
    await client.query(`set idle_in_transaction_session_timeout = 0; ${start}`)
  } catch (error) {
    await client.end()
    throw error
  }
  return {
    db: openDrizzle(lineOf(client)),
    [Symbol.asyncDispose]: () => client.end(),
  }
}
