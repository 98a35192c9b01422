import type { Json } from '../../harness'
import type { Fair, Person } from './fair'
import { allOrNothing, type Moves } from './tally'

export type Answer = { status: number; body: Json }

/** A request that is repeated until a response arrives. Sending it twice must not do it twice. */
export type Deed = {
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
export type Line = { send(deed: Deed): Promise<Answer | undefined> }

export const newKey = () => crypto.randomUUID()

export function lineTo(address: string, { heard, isKilled }: { heard: () => void; isKilled: () => boolean }): Line {
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
export async function ask(fair: Fair, line: Line, deed: Deed): Promise<boolean> {
  const again = fair.open.has(deed)
  if (!again) fair.open.set(deed, fair.tally.expect(allOrNothing(deed.moves ?? {})))
  const answer = await line.send(deed)
  if (!answer) return false
  const { status, body } = answer
  const done = status === deed.done || (again && status === deed.before)
  if (!done && !deed.refused?.includes(body?.code))
    throw new Error(`${said(deed)} was answered ${status}: ${JSON.stringify(body)}`)
  fair.open.get(deed)!(done ? (deed.moves ?? {}) : {})
  fair.open.delete(deed)
  fair.told[done ? 'done' : 'refused']++
  if (again) fair.told.again++
  if (done && deed.key && deed.by) fair.heard.push({ deed, answer })
  deed.after?.({ done, body })
  return true
}

const said = ({ by, call, body }: Deed) => `${by?.handle ?? 'nobody'} with ${call} ${JSON.stringify(body)}`

/** Repeats some of the confirmed requests. Nothing may move, and the responses must be the same. */
export async function replay(fair: Fair, line: Line, count: number) {
  for (const { deed, answer } of fair.heard.filter(({ deed }) => !deed.passing).slice(-count)) {
    const again = await line.send(deed)
    if (!again) return
    const [was, is] = [answer, again].map(({ status, body }) =>
      JSON.stringify([status, deed.lasting ? deed.lasting(body) : body]),
    )
    if (was !== is) throw new Error(`${said(deed)} was answered ${was} and then ${is}`)
    fair.told.replayed++
  }
}
