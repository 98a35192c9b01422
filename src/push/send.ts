import type { PushContent } from '../../shapes/push'
import { quietUntil } from '../notifications/quiet'
import type { PushTools } from '../ports/push'
import type { Due } from './due-pushes'
import { poster, webPush } from './library'
import { payloadOf, topicOf, urgencyOf } from './message'

/** The result of a push. */
export type Fate =
  | { kind: 'sent'; status: number }
  /** The device no longer exists, or nobody is signed in on it. */
  | { kind: 'gone'; status?: number; detail: string }
  /** The service will never accept this push. */
  | { kind: 'refused'; status?: number; detail: string }
  /** The service is overloaded, out of order or unreachable. */
  | { kind: 'later'; status?: number; detail: string; retryAfter?: string | undefined }
  /** The push is out of date. */
  | { kind: 'dropped'; detail: string }
  /** The recipient has quiet hours. */
  | { kind: 'waits'; until: Date }

/** How long a service keeps the push for a phone that is off (RFC 8030, 5.2). */
const TTL_S = 24 * 3600
/** A push that could not be delivered for this long is out of date. */
const STALE_MS = 2 * 24 * 3600_000
/** The number of attempts, which spans some ten hours; the last ones are an hour apart. */
const MOST_ATTEMPTS = 20

/** Returns why the push need not be sent now, if so. `content` is undefined when there is nothing left to show. */
export function reasonNotToSend(
  { push, device, person, isOpen, quiet }: Due,
  content: PushContent | undefined,
  tools: PushTools,
  now: Date,
): Fate | undefined {
  if (!isOpen || person.deletedAt || person.suspendedAt) return { kind: 'gone', detail: 'signed out' }
  if (device.publicKey !== tools.publicKey) return { kind: 'dropped', detail: 'other key' }
  if (+now - +push.createdAt > STALE_MS || push.attempts >= MOST_ATTEMPTS)
    return { kind: 'dropped', detail: 'too late' }
  if (push.kind === 'test') return undefined // The person is waiting for the test.
  if (!content) return { kind: 'dropped', detail: 'no news' }
  const until = quietUntil(quiet, now)
  return until ? { kind: 'waits', until } : undefined
}

/** Encrypts the push for its device (RFC 8291) and sends it to the device's push service (RFC 8030). */
export async function sendPush(due: Due, content: PushContent | 'test', tools: PushTools): Promise<Fate> {
  const { device, push } = due
  const { generateRequestDetails } = await webPush()
  const { postTo } = await poster()
  const url = new URL(device.endpoint)
  const { headers, body } = generateRequestDetails(
    { endpoint: device.endpoint, keys: { p256dh: device.p256dh, auth: device.auth } },
    JSON.stringify(payloadOf(due, content, tools.words)),
    { TTL: TTL_S, urgency: urgencyOf(push.kind), topic: topicOf(tools.topicKey, due) },
  )
  const authorization = await tools.vapid.authorization(url.origin)
  const answer = await postTo(url, { ...headers, authorization }, body!, tools.allowPrivate)
  if (answer.kind === 'forbidden') return { kind: 'refused', detail: 'forbidden address' }
  if (answer.kind === 'silent') return { kind: 'later', detail: answer.why }
  return fateOf(answer.status, answer.retryAfter)
}

/** Interprets the status of the push service (RFC 8030, 5 and 7.3; RFC 8292, 4.2). */
function fateOf(status: number, retryAfter: string | undefined): Fate {
  const detail = `answered ${status}`
  if (status >= 200 && status < 300) return { kind: 'sent', status }
  if (status === 404 || status === 410) return { kind: 'gone', status, detail }
  if (status === 408 || status === 429 || status >= 500) return { kind: 'later', status, detail, retryAfter }
  return { kind: 'refused', status, detail }
}
