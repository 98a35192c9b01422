import http from 'node:http'
import https from 'node:https'
import { ForbiddenAddress, publicLookup, refusalOf } from './address'

export type Answer =
  | { kind: 'answered'; status: number; retryAfter: string | undefined }
  | { kind: 'silent'; why: 'timeout' | 'unreachable' }
  | { kind: 'forbidden' }

/** From the first try to connect to the end of the answer's head. */
const TIMEOUT_MS = 8000
const IDLE_MS = 30_000
const agents = {
  'https:': new https.Agent({ keepAlive: true, maxSockets: 64, timeout: IDLE_MS }),
  'http:': new http.Agent({ keepAlive: true, maxSockets: 64, timeout: IDLE_MS }),
}

/** Posts to a service of somebody's choice: never to a private address, never to where it sends us on, never for long. */
export function postTo(
  url: URL,
  headers: http.OutgoingHttpHeaders,
  body: Uint8Array,
  allowPrivate: boolean,
): Promise<Answer> {
  if (refusalOf(url, allowPrivate)) return Promise.resolve({ kind: 'forbidden' })
  const { request } = url.protocol === 'http:' ? http : https
  return new Promise((resolve) => {
    const agent = agents[url.protocol as keyof typeof agents]
    const options = { method: 'POST', headers, agent, ...(!allowPrivate && { lookup: publicLookup }) }
    const sent = request(url, options, (answer) => {
      const { 'retry-after': retryAfter } = answer.headers
      settle({ kind: 'answered', status: answer.statusCode ?? 0, retryAfter })
      answer.on('error', () => {})
      answer.on('data', (chunk: Uint8Array) => overlong(chunk.length) && answer.destroy())
    })
    const overlong = counter(64 * 1024)
    const patience = setTimeout(() => {
      settle({ kind: 'silent', why: 'timeout' })
      sent.destroy()
    }, TIMEOUT_MS)
    const settle = (answer: Answer) => {
      clearTimeout(patience)
      resolve(answer)
    }
    sent.on('error', (error) =>
      settle(error instanceof ForbiddenAddress ? { kind: 'forbidden' } : { kind: 'silent', why: 'unreachable' }),
    )
    sent.end(body)
  })
}

/** True once more than so much has come. */
function counter(most: number) {
  let seen = 0
  return (more: number) => {
    seen += more
    return seen > most
  }
}
