import { log } from '../log'
import type { Id } from './columns'
import type { Tx } from './open'
import { sayAfterwards } from './write'

/** The kinds of event. Each tells open pages that a part of them is out of date. */
export const EVENTS = ['notification', 'inbox', 'file', 'coins', 'posts'] as const
export type EventKind = (typeof EVENTS)[number]

/**
 * The people an event concerns. Followers are given as a range of ids from one delivery chunk, so that only connected
 * followers have to be looked up.
 */
export type Audience = { userId: number } | { followersOf: number; after: number; last: number } | 'everyone'
/**
 * An event to send. Of several events with the same `key` only the last is sent. Without `data` it carries the counts at
 * the time it is sent, and what `about` says.
 */
export type Announcement = { to: Audience; kind: EventKind; key: string; data?: object; about?: object }

/** Asks the hub to check whether this person's connections are still allowed. */
export class Doubt {
  constructor(readonly userId: number) {}
}

export const isAnnouncement = (said: object): said is Announcement => 'kind' in said && 'to' in said

/**
 * Notifies the person's open pages after the commit. The event carries the counts and balances at the time it is sent.
 */
export const touch = (_tx: Tx, userId: number, kind: 'notification' | 'inbox' | 'coins') =>
  sayAfterwards({ to: { userId }, kind, key: kind })

type FileNews = { id: number; ownerId: number; postId: number | null; status: string; progress: number }

/** Tells the owner's open pages how far the processing of a file is. */
export const touchFile = (_tx: Tx, { id, ownerId, postId, status, progress }: FileNews) =>
  sayAfterwards({
    to: { userId: ownerId },
    kind: 'file',
    key: `file ${id}`,
    data: { id, postId, status, progress },
  } satisfies Announcement)

/** Tells the person's open pages that a post changed for them, for example because they bought it. */
export const touchPost = (_tx: Tx, userId: Id<'user'>, postId: Id<'post'>) =>
  sayAfterwards({ to: { userId }, kind: 'posts', key: `post ${postId}`, data: { id: postId } } satisfies Announcement)

/**
 * Tells every open page that the main page has something new. The event carries no details, because not everyone may
 * see them.
 */
export const touchMainPage = (_tx: Tx) =>
  sayAfterwards({ to: 'everyone', kind: 'posts', key: 'posts', data: {} } satisfies Announcement)

type Followers = { followersOf: number; after: number; last: number }

/** Tells one chunk of followers that their inbox or notifications changed. */
export function touchFollowers(_tx: Tx, to: Followers, kinds: EventKind[]) {
  for (const kind of kinds)
    sayAfterwards({ to, kind, key: kind, ...(kind === 'posts' && { data: {} }) } satisfies Announcement)
}

/** Tells the followers of an author that other posts of the author count for them than before. */
export const touchFollowersOf = (tx: Tx, authorId: number, kinds: EventKind[]) =>
  touchFollowers(tx, { followersOf: authorId, after: 0, last: Number.MAX_SAFE_INTEGER }, kinds)

/** Tells every open page that other posts or notifications may count for its reader than before. */
export function touchEverybody(_tx: Tx, kinds: ('inbox' | 'notification')[]) {
  for (const kind of kinds) sayAfterwards({ to: 'everyone', kind, key: kind } satisfies Announcement)
}

/**
 * Tells open pages that a person appeared or disappeared. Their posts count in the inboxes of their followers, and
 * anybody may have notifications about what they did.
 */
export function touchPresence(tx: Tx, userId: number) {
  touchFollowersOf(tx, userId, ['inbox'])
  touchEverybody(tx, ['notification'])
}

/** Tells one chunk of followers of a new post, which is in their inbox or among their notifications now. */
export function touchFollowersWithPost(_tx: Tx, to: Followers, kind: 'inbox' | 'notification', postId: Id<'post'>) {
  const about = { kind: 'post', postId, actorId: to.followersOf }
  sayAfterwards({ to, kind, key: `${kind} of post ${postId}`, about } satisfies Announcement)
}

/** Checks the person's connections again, because a session ended or their access changed. */
export const doubt = (_tx: Tx, userId: number) => sayAfterwards(new Doubt(userId))

/** A line for the log of the server. */
class LogLine {
  constructor(
    readonly message: string,
    readonly fields: Record<string, unknown>,
  ) {}
}

/** Logs this after the commit, if the server does it. The log of a command is what it prints. */
export const logAfterwards = (_tx: Tx, message: string, fields: Record<string, unknown>) =>
  sayAfterwards(new LogLine(message, fields))

/** Writes the lines among the messages of a commit. */
export function writeLogLines(said: object[]) {
  for (const each of said) if (each instanceof LogLine) log.info(each.message, each.fields)
}
