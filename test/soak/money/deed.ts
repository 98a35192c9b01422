import type { Json } from '../../harness'
import type { Fair, Person } from './fair'
import { allOrNothing, type Moves } from './tally'

export type Answer = { status: number; body: Json }

/** Something that is asked for, until an answer is heard; sending it twice never does it twice. */
export type Deed = {
  /** Null: somebody without an account. */
  by: Person | null
  /** As in `POST /coins/tips`. */
  call: string
  /** A text is sent as it is. */
  body?: unknown
  headers?: () => Promise<Record<string, string>>
  /** Its Idempotency-Key. What has none is such that the same again changes nothing. */
  key?: string
  moves?: Moves
  done: number
  /** What is said to the same again, when that is something else. */
  before?: number
  /** Codes of the refusals that are right: then nothing has moved. */
  refused?: string[]
  /** What of its answer is the same for ever; all of it if nothing is said. */
  lasting?: (body: Json) => unknown
  /** Of or for somebody who leaves: later it cannot be asked again. */
  passing?: boolean
  after?: (told: { done: boolean; body: Json }) => void
}

/** A server that may be gone at any time: then there is no answer. */
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

/** False when the server was killed meanwhile; then it is open what became of it. Throws when the answer is wrong. */
export async function ask(fair: Fair, line: Line, deed: Deed): Promise<boolean> {
  const again = fair.open.has(deed)
  if (!again) fair.open.set(deed, fair.tally.expect(allOrNothing(deed.moves ?? {})))
  const answer = await line.send(deed)
  if (!answer) return false
  const { status, body } = answer
  const done = status === deed.done || (again && status === deed.before)
  if (!done && !deed.refused?.includes(body?.code))
    throw new Error(`${said(deed)} was told ${status}: ${JSON.stringify(body)}`)
  fair.open.get(deed)!(done ? (deed.moves ?? {}) : {})
  fair.open.delete(deed)
  fair.told[done ? 'done' : 'refused']++
  if (again) fair.told.again++
  if (done && deed.key && deed.by) fair.heard.push({ deed, answer })
  deed.after?.({ done, body })
  return true
}

const said = ({ by, call, body }: Deed) => `${by?.handle ?? 'nobody'} with ${call} ${JSON.stringify(body)}`

/** What has been answered is asked once more, some of it: nothing moves, and the answer is the same. */
export async function replay(fair: Fair, line: Line, count: number) {
  for (const { deed, answer } of fair.heard.filter(({ deed }) => !deed.passing).slice(-count)) {
    const again = await line.send(deed)
    if (!again) return
    const [was, is] = [answer, again].map(({ status, body }) =>
      JSON.stringify([status, deed.lasting ? deed.lasting(body) : body]),
    )
    if (was !== is) throw new Error(`${said(deed)} was told ${was}, and then ${is}`)
    fair.told.replayed++
  }
}
