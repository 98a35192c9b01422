import http from 'node:http'
import https from 'node:https'
import { ForbiddenAddress, publicLookup, refusalOf } from './address'

export type Answer =
  | { kind: 'answered'; status: number; retryAfter: string | undefined }
  | { kind: 'silent'; why: 'timeout' | 'unreachable' }
  | { kind: 'forbidden' }

/** The time from connecting to the end of the response, unless a caller says otherwise. */
const TIMEOUT_MS = 8000
const IDLE_MS = 30_000
const agents = {
  'https:': new https.Agent({ keepAlive: true, maxSockets: 64, timeout: IDLE_MS }),
  'http:': new http.Agent({ keepAlive: true, maxSockets: 64, timeout: IDLE_MS }),
}

/**
 * Posts to a URL that a member chose: never to a private address, never following a redirect, and only for a limited
 * time.
 */
export function postTo(
  url: URL,
  headers: http.OutgoingHttpHeaders,
  body: Uint8Array,
  allowPrivate: boolean,
  timeoutMs = TIMEOUT_MS,
): Promise<Answer> {
  if (refusalOf(url, allowPrivate)) return Promise.resolve({ kind: 'forbidden' })
  const { request } = url.protocol === 'http:' ? http : https
  return new Promise((resolve) => {
    const agent = agents[url.protocol as keyof typeof agents]
    const options = { method: 'POST', headers, agent, ...(!allowPrivate && { lookup: publicLookup }) }
    const sent = request(url, options, (answer) => {
      const { 'retry-after': retryAfter } = answer.headers
      resolve({ kind: 'answered', status: answer.statusCode ?? 0, retryAfter })
      answer.on('error', () => {})
      answer.on('close', () => clearTimeout(patience))
      answer.on('data', (chunk: Uint8Array) => overlong(chunk.length) && answer.destroy())
    })
    const overlong = counter(64 * 1024)
    const patience = setTimeout(() => {
      resolve({ kind: 'silent', why: 'timeout' }) // unless the headers have arrived, and only the rest is slow
      sent.destroy()
    }, timeoutMs)
    sent.on('error', (error) => {
      clearTimeout(patience)
      resolve(error instanceof ForbiddenAddress ? { kind: 'forbidden' } : { kind: 'silent', why: 'unreachable' })
    })
    sent.end(body)
  })
}

/** Returns true once more than `most` has been counted. */
function counter(most: number) {
  let seen = 0
  return (more: number) => {
    seen += more
    return seen > most
  }
}
