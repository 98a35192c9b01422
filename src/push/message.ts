import { createHmac } from 'node:crypto'
import type { PushContent, PushWords } from '../../shapes/push'
import { KIND_RULES } from '../notifications/kinds'
import { placeOf } from '../notifications/place'
import type { Due } from './due'
import type { PushKind } from './table'

/** What a service worker gets, as the contract has it. */
export type Payload = { kind: PushKind; title: string; body: string; url: string; tag: string }
/** It has to fit into 4,096 bytes with all that encryption adds (RFC 8030, 7.2), and a phone shows two lines. */
const MOST_LETTERS = 140

export function payloadOf({ push, device, person }: Due, told: PushContent | 'test', words: PushWords): Payload {
  const { title, body } = words(told, person.locale ?? device.locale)
  const place =
    told === 'test'
      ? '/push/subscriptions'
      : placeOf(told, { actor: told.actors[0]?.handle, postId: told.postId ?? undefined, me: person.handle })
  return { kind: push.kind, title: excerpt(title), body: excerpt(body), url: place, tag: tagOf(push) }
}

/** What comes with the same one takes the place of what is shown. A crash repeats it, so it is made of what a crash leaves. */
const tagOf = ({ id, kind, postId, noticeId }: Due['push']) =>
  kind === 'test' ? 'test' : kind === 'post' ? `post-${postId}` : noticeId ? `notice-${noticeId}` : `push-${id}`

/**
 * The same for the push service (RFC 8030, 5.4): what still waits there under this is replaced. It travels in the open, and so it is
 * another one for each device: who hears of the same post is not to be read off it. At most 32 signs of base64url.
 */
export const topicOf = (key: Uint8Array, { device, push }: Due) =>
  createHmac('sha256', key)
    .update(`${device.id} ${tagOf(push)}`)
    .digest('base64url')
    .slice(0, 32)

function excerpt(text: string): string {
  const letters = Array.from(text.replace(/\s+/g, ' ').trim())
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join('')}…` : letters.join('')
}

/** What wakes a sleeping phone (RFC 8030, 5.3): what was asked for now, then what is for this person; applause may wait. */
export const urgencyOf = (kind: PushKind) => (kind === 'test' ? 'high' : KIND_RULES[kind].urgency)
