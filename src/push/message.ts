import type { PushContent, PushWords } from '../../shapes/push'
import { KIND_RULES } from '../notifications/kinds'
import { notificationUrl } from '../notifications/url'
import type { Due } from './due-pushes'
import type { PushKind } from './table'

/** The payload that the service worker receives. */
export type Payload = { kind: PushKind; title: string; body: string; url: string; tag: string }
/** The payload has to fit into 4,096 bytes together with its encryption (RFC 8030, 7.2), and phones show two lines. */
const MOST_LETTERS = 140

/** Writes what a device shows, in the language of its owner or else of the device. */
export function payloadOf({ push, device, person }: Due, content: PushContent | 'test', words: PushWords): Payload {
  const { title, body } = words(content, person.locale ?? device.locale)
  const place =
    content === 'test'
      ? '/push/subscriptions'
      : notificationUrl(content, {
          actor: content.actors[0]?.handle,
          postId: content.postId ?? undefined,
          me: person.handle,
        })
  return { kind: push.kind, title: excerpt(title), body: excerpt(body), url: place, tag: tagOf(push) }
}

/**
 * Returns the tag of a push; a push with the same tag replaces the one shown. It depends only on stored data, so that a
 * push repeated after a crash gets the same tag.
 */
function tagOf({ id, kind, postId, noticeId }: Due['push']): string {
  if (kind === 'test') return 'test'
  if (kind === 'post') return `post-${postId}`
  return noticeId ? `notice-${noticeId}` : `push-${id}`
}

/**
 * Returns the topic of a push (RFC 8030, 5.4); the push service replaces a waiting push with the same topic. Topics are
 * sent in the open, so each device gets another one, which hides who is notified of the same post. A topic has at most
 * 32 base64url characters.
 */
export const topicOf = (key: Uint8Array, { device, push }: Due) =>
  new Bun.CryptoHasher('sha256', key)
    .update(`${device.id} ${tagOf(push)}`)
    .digest('base64url')
    .slice(0, 32)

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= MOST_LETTERS) return line
  const letters = Array.from(line) // a sign outside of the basic plane counts once
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join('')}…` : letters.join('')
}

/** Whether a push wakes a sleeping phone (RFC 8030, 5.3). A test that somebody asked for does. */
export const urgencyOf = (kind: PushKind) => (kind === 'test' ? 'high' : KIND_RULES[kind].urgency)
