import type { Tx } from './open'
import { sayAfterwards } from './write'

/** What open pages are told of. Each says: what you show of this is old. */
export const EVENTS = ['notification', 'inbox', 'file', 'coins', 'posts'] as const
export type EventKind = (typeof EVENTS)[number]

/** Followers are those of one chunk of a delivery, by their ids: nobody is looked up who is not here. */
export type Audience = { userId: number } | { followersOf: number; after: number; last: number } | 'everyone'
/** Of several about the same thing (`key`) only the last is told. */
export type Told = { to: Audience; kind: EventKind; key: string; data?: object }

/** Somebody may not be let in any more: whoever holds a connection of theirs looks again. */
export class Doubt {
  constructor(readonly userId: number) {}
}

export const isTold = (said: object): said is Told => 'kind' in said && 'to' in said

/** To the pages that somebody has open, when this transaction is committed. What they are told of counts and balances is as it is then. */
export const touch = (_tx: Tx, userId: number, kind: 'notification' | 'inbox' | 'coins') =>
  sayAfterwards({ to: { userId }, kind, key: kind })

type FileNews = { id: number; ownerId: number; postId: number | null; status: string; progress: number }

/** How far a file of theirs is. */
export const touchFile = (_tx: Tx, { id, ownerId, postId, status, progress }: FileNews) =>
  sayAfterwards({
    to: { userId: ownerId },
    kind: 'file',
    key: `file ${id}`,
    data: { id, postId, status, progress },
  } satisfies Told)

/** One post is another now for this person: bought, or published at last. */
export const touchPost = (_tx: Tx, userId: number, postId: number) =>
  sayAfterwards({ to: { userId }, kind: 'posts', key: `post ${postId}`, data: { id: postId } } satisfies Told)

/** There is something new on everybody's main page. It says nothing more, since not everybody may know of it. */
export const touchMainPage = (_tx: Tx) =>
  sayAfterwards({ to: 'everyone', kind: 'posts', key: 'posts', data: {} } satisfies Told)

/** What a chunk of followers just got. */
export function touchFollowers(_tx: Tx, to: { followersOf: number; after: number; last: number }, kinds: EventKind[]) {
  for (const kind of kinds) sayAfterwards({ to, kind, key: kind, ...(kind === 'posts' && { data: {} }) } satisfies Told)
}

/** Sessions of theirs have ended, or they may not be here any more. */
export const doubt = (_tx: Tx, userId: number) => sayAfterwards(new Doubt(userId))
