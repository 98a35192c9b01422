import { problemIn } from './problem.js'

export type Request = {
  method?: string
  headers?: Record<string, string> | undefined
  /** `BodyInit` has no name in the types of Node. */
  body?: RequestInit['body'] | undefined
  signal?: AbortSignal | undefined
  /** Whether the request changes nothing more when it arrives twice. Such requests are repeated after lost connections. */
  repeatable?: boolean
  /** How often to try before giving up. */
  attempts?: number
}
export type Send = (path: string, request?: Request) => Promise<Response>

/** Six attempts take half a minute, which is longer than a server needs to restart. */
const ATTEMPTS = 6
const LONGEST_PAUSE = 30
const AWAY = [502, 503, 504]

/**
 * Makes the function that sends every request of the client. Refusals are thrown as `ProblemError`. It waits and tries
 * again when the server asks for a pause of up to half a minute, and when a request that may be repeated got no answer.
 */
export function sender(address: string, token: string | undefined): Send {
  return async (path, { repeatable = false, attempts = ATTEMPTS, headers, ...request } = {}) => {
    const url = new URL(path, address)
    const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
    const init = definedOf({ ...request, headers: new Headers({ ...authorization, ...headers }) })
    for (let attempt = 1; ; attempt++) {
      const answer: Response | Error = await fetch(url, init).catch((error) => error)
      const isAnswer = answer instanceof Response
      if (isAnswer && answer.ok) return answer
      if (request.signal?.aborted) throw request.signal.reason
      const asked = isAnswer && [429, 503].includes(answer.status) && answer.headers.get('retry-after')
      const isLost = repeatable && (!isAnswer || AWAY.includes(answer.status))
      const seconds = asked ? Number(asked) : Math.min(2 ** (attempt - 1), LONGEST_PAUSE)
      if (attempt >= attempts || !(asked || isLost) || !(seconds <= LONGEST_PAUSE))
        throw isAnswer ? await problemIn(answer) : answer
      if (isAnswer) await answer.body?.cancel()
      await pause(seconds, request.signal)
    }
  }
}

/** `exactOptionalPropertyTypes` tells a member that is undefined from one that is missing. */
const definedOf = (init: { [Key in keyof RequestInit]?: RequestInit[Key] | undefined }): RequestInit =>
  Object.fromEntries(Object.entries(init).filter(([, value]) => value !== undefined))

export const pause = (seconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, seconds * 1000)
    signal?.addEventListener('abort', stop)
  })
