import type { App } from '../context'
import type { ViewerContext } from '../http/viewer-context'
import type { Person } from '../ports/people'
import { commentJson } from '../posts/comments/json'
import { findComments } from '../posts/comments/read'
import { lookUpPost } from '../posts/feed'
import { postJson } from '../posts/json'
import { poster } from '../push/library'
import { unseal } from '../sealed'
import { userJson } from '../users/json'
import { findAccount, findPeople } from '../users/model'
import { secretOwnerOf } from './model'
import type { Fate } from './outcomes'
import type { Hook, HookDelivery } from './table'

const TIMEOUT_MS = 15_000

/** The id of a message, which stays the same for each attempt, so that a receiver notices a repetition. */
export const messageIdOf = ({ id, hookId }: Pick<HookDelivery, 'id' | 'hookId'>): string => `msg_${hookId}_${id}`

/** Signs a message by Standard Webhooks: HMAC-SHA-256 over its id, the time of the attempt in seconds, and its text. */
export function sign(secret: string, id: string, timestamp: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${new Bun.CryptoHasher('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/** Everything is shown as its owner sees it at this moment. Links are those of a page, and open for the owner only. */
function contextOf({ mediaUrls, settings, hookTools }: App, viewer: Person): ViewerContext {
  const asOf = mediaUrls.moment()
  return {
    viewer,
    t: hookTools.translate(settings().locale),
    urlOf: (file, rendition) => mediaUrls.urlOf({ viewer: viewer.id, file, asOf }, rendition),
    remembered: (file, from, _forAnyone, make) => mediaUrls.remembered({ viewer: viewer.id, file, asOf }, from, make),
  }
}

type Told = Pick<HookDelivery, 'type' | 'at' | 'actorId' | 'postId' | 'commentId' | 'coins'>

/** The content of a message, or undefined when its owner may not hear of it any more. */
export async function contentOf(app: App, owner: Person, delivery: Told): Promise<object | undefined> {
  const { type, at, actorId, postId, commentId, coins } = delivery
  if (type === 'report' && (await findAccount(app.db, owner.id)).role === 'member') return undefined
  const context = contextOf(app, owner)
  const post = postId ? await lookUpPost(app.db, owner, postId) : undefined
  const comment = commentId ? (await findComments(app.db, owner, [commentId])).get(commentId) : undefined
  const actor = actorId ? (await findPeople(app.db, owner, [actorId])).get(actorId) : undefined
  const needsPost = type === 'post' || type === 'like' || type === 'comment'
  if ((needsPost && !post) || (type === 'comment' && !comment)) return undefined
  if (actorId && !actor && type !== 'report') return undefined
  const ids = { kind: type, actorId, postId, commentId, coins }
  const data = {
    ...ids,
    ...(actor && { actor: userJson(actor, context) }),
    ...(post && { post: postJson(post, context) }),
    ...(comment && { comment: commentJson(comment, context) }),
  }
  return { type, timestamp: at.toISOString(), data }
}

/** Sends a message once. */
export async function sendMessage(app: App, hook: Hook, owner: Person, delivery: HookDelivery): Promise<Fate> {
  const content = await contentOf(app, owner, delivery)
  if (!content) return { kind: 'dropped', detail: 'no longer visible' }
  const [id, timestamp, body] = [messageIdOf(delivery), Math.floor(+app.now() / 1000), JSON.stringify(content)]
  const secret = unseal(app.hookTools.key, secretOwnerOf(hook.userId), hook.secret)
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Pinhole',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': sign(secret, id, timestamp, body),
  }
  const { postTo } = await poster()
  const answer = await postTo(new URL(hook.url), headers, Buffer.from(body), app.push.allowPrivate, TIMEOUT_MS)
  if (answer.kind === 'forbidden') return { kind: 'failed', detail: 'forbidden address' }
  if (answer.kind === 'silent') return { kind: 'failed', detail: answer.why }
  const { status, retryAfter } = answer
  if (status >= 200 && status < 300) return { kind: 'delivered', status }
  return { kind: 'failed', status, detail: `answered ${status}`, retryAfter }
}
