import type { Json } from '../../harness'
import type { Person, SoakState } from './soak-state'
import { allOrNothing, type Moves } from './tally'

export type Answer = { status: number; body: Json }

/** A request that is repeated until a response arrives. Sending it twice must not do it twice. */
export type Action = {
  /** Null for a visitor without an account. */
  by: Person | null
  /** Method and path, such as `POST /coins/tips`. */
  call: string
  /** A string is sent unchanged, everything else as JSON. */
  body?: unknown
  headers?: () => Promise<Record<string, string>>
  /** The Idempotency-Key. Requests without one change nothing when they are repeated. */
  key?: string
  moves?: Moves
  /** The status of a success. */
  done: number
  /** The status of a repeated request, if it differs. */
  before?: number
  /** Error codes that are allowed. After these, nothing has moved. */
  refused?: string[]
  /** The part of the response that never changes, or all of it by default. */
  lasting?: (body: Json) => unknown
  /** Whether it is by or for a person who leaves, so that it cannot be repeated later. */
  passing?: boolean
  after?: (told: { done: boolean; body: Json }) => void
}

/** A connection to a server that may be killed at any time. Then there is no response. */
export type Connection = { send(action: Action): Promise<Answer | undefined> }

export const newKey = () => crypto.randomUUID()

export function connectTo(
  address: string,
  { heard, isKilled }: { heard: () => void; isKilled: () => boolean },
): Connection {
  return {
    async send({ by, call, body, key, headers }) {
      const [method = '', path] = call.split(' ')
      const all = {
        'content-type': 'application/json',
        ...(by?.token && { authorization: `Bearer ${by.token}` }),
        ...(key && { 'idempotency-key': key }),
        ...(await headers?.()),
      }
      const sent = typeof body === 'string' ? body : JSON.stringify(body)
      try {
        const answer = await fetch(`${address}/api${path}`, {
          method,
          headers: all,
          ...(sent !== undefined && { body: sent }),
        })
        const text = await answer.text()
        heard()
        return { status: answer.status, body: text ? JSON.parse(text) : undefined }
      } catch (error) {
        if (!isKilled()) throw error
      }
    },
  }
}

/**
 * Performs an action. Returns false if the server was killed, so that the outcome is unknown. Throws if the response is
 * wrong.
 */
export async function perform(soak: SoakState, connection: Connection, action: Action): Promise<boolean> {
  const again = soak.unconfirmed.has(action)
  if (!again) soak.unconfirmed.set(action, soak.tally.expect(allOrNothing(action.moves ?? {})))
  const answer = await connection.send(action)
  if (!answer) return false
  const { status, body } = answer
  const done = status === action.done || (again && status === action.before)
  if (!done && !action.refused?.includes(body?.code))
    throw new Error(`${describe(action)} was answered ${status}: ${JSON.stringify(body)}`)
  soak.unconfirmed.get(action)!(done ? (action.moves ?? {}) : {})
  soak.unconfirmed.delete(action)
  soak.counts[done ? 'done' : 'refused']++
  if (again) soak.counts.again++
  if (done && action.key && action.by) soak.confirmed.push({ action, answer })
  action.after?.({ done, body })
  return true
}

const describe = ({ by, call, body }: Action) => `${by?.handle ?? 'nobody'} with ${call} ${JSON.stringify(body)}`

/** Repeats some of the confirmed requests. Nothing may move, and the responses must be the same. */
export async function replay(soak: SoakState, connection: Connection, count: number) {
  for (const { action, answer } of soak.confirmed.filter(({ action }) => !action.passing).slice(-count)) {
    const again = await connection.send(action)
    if (!again) return
    const [was, is] = [answer, again].map(({ status, body }) =>
      JSON.stringify([status, action.lasting ? action.lasting(body) : body]),
    )
    if (was !== is) throw new Error(`${describe(action)} was answered ${was} and then ${is}`)
    soak.counts.replayed++
  }
}
