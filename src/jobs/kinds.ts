import type { FactorChange } from '../../shapes/second-factor'
import type { Id } from '../db/columns'

/** Every kind of job with its payload. */
export type Jobs = {
  'files.process': { fileId: number }
  'files.convert': { fileId: number }
  'files.ladder': { fileId: number }
  'files.erase': { fileId: number }
  /** `after` is the id of the last video that the job has dealt with. */
  'copies.drop': { after: number }
  'copies.make': { after: number }
  /** Erases the copies of a video in other qualities, which were dropped. */
  'files.shrink': { fileId: number }
  /** Removes captions that were replaced or taken back. */
  'files.tidy': { fileId: number; name: string }
  'follows.accept': { userId: number }
  'inbox.deliver': { postId: number; after: number }
  'inbox.backfill': { followerId: number; followeeId: number }
  'inbox.withdraw': { followerId: number; followeeId: number }
  'inbox.retract': { postId: Id<'post'>; authorId: Id<'user'>; at: number; after: number }
  'notifications.announce': { postId: number; after: number }
  'posts.forget': { postId: number }
  /** `at` is the time in milliseconds that the post had when the job was added. */
  'posts.publish': { postId: number; at: number }
  'library.refund': { postId: Id<'post'>; authorId: Id<'user'> }
  'library.show': { purchaseId: number }
  'checkouts.ask': { checkoutId: number; asked: number }
  /** Sends everything that is due to one push service. */
  'push.send': { originId: number }
  /** Sends everything that is due to one webhook. */
  'hooks.send': { hookId: number }
  'hooks.spread': { postId: number }
  'users.erase': { userId: number }
  'exports.make': { exportId: Id<'export'> }
  'exports.erase': { exportId: Id<'export'> }
  'upkeep.sweep': Record<string, never>
  'backups.make': Record<string, never>
  /** Both numbers are the ids of the last rows that were indexed; null when all are. */
  'search.fill': { posts: number | null; people: number | null }
  /** `mail` determines the Message-ID. Jobs contain no links: a link is signed when its mail is written. */
  'mail.verify': { verificationId: number; mail: string }
  'mail.moved': { userId: number; email: string; mail: string }
  'mail.forgot': { who: string }
  'mail.reset': { resetId: number; mail: string }
  'mail.password': { userId: number; mail: string }
  'mail.leaving': { userId: number; mail: string }
  'mail.factor': { userId: number; change: FactorChange; mail: string }
  'mail.device': { userId: number; device: string; mail: string }
  'mail.passkey': { userId: number; change: 'added' | 'removed'; mail: string }
  'mail.appeal': { userId: number; granted: boolean; answer: string | null; mail: string }
  'mail.decision': { userId: number; approved: boolean; reason: string | null; mail: string }
  'mail.rounds': Record<string, never>
  'mail.digest': Mailing
  'mail.notices': Mailing
}
/** Covers the time after `after`, up to and including `upTo` (both in milliseconds). */
type Mailing = { userId: number; after: number; upTo: number; mail: string }
export type JobKind = keyof Jobs
export type Job<K extends JobKind = JobKind> = { id: number; kind: K; payload: Jobs[K]; attempts: number }

/**
 * How many jobs of each lane may run at once. Lanes do not wait for each other, so slow photos do not delay deliveries,
 * videos do not delay photos, a thousand digests do not delay a mail that somebody waits for, and neither a slow payment
 * provider nor a long backup or export delays anything else. In the lane of photos the media worker decides, by the size of the machine.
 */
export const LANES = {
  media: 1,
  video: 1,
  push: 8,
  hooks: 8,
  rest: 2,
  mail: 1,
  digest: 1,
  money: 1,
  backup: 1,
  export: 1,
} as const
export type Lane = keyof typeof LANES

/** The lane of every kind. The compiler refuses a kind that is missing here, so that none gets a lane by accident. */
const lanes: Record<JobKind, Lane> = {
  'files.process': 'media',
  'files.convert': 'video',
  'files.ladder': 'video',
  'files.erase': 'rest',
  'copies.drop': 'rest',
  'copies.make': 'rest',
  'files.shrink': 'rest',
  'files.tidy': 'rest',
  'follows.accept': 'rest',
  'inbox.deliver': 'rest',
  'inbox.backfill': 'rest',
  'inbox.withdraw': 'rest',
  'inbox.retract': 'rest',
  'notifications.announce': 'rest',
  'posts.forget': 'rest',
  'posts.publish': 'rest',
  'library.show': 'rest',
  'library.refund': 'rest',
  'checkouts.ask': 'money',
  'push.send': 'push',
  'hooks.send': 'hooks',
  'hooks.spread': 'rest',
  'users.erase': 'rest',
  'exports.make': 'export',
  'exports.erase': 'rest',
  'upkeep.sweep': 'rest',
  'backups.make': 'backup',
  'search.fill': 'rest',
  'mail.verify': 'mail',
  'mail.moved': 'mail',
  'mail.forgot': 'mail',
  'mail.reset': 'mail',
  'mail.password': 'mail',
  'mail.leaving': 'mail',
  'mail.factor': 'mail',
  'mail.device': 'mail',
  'mail.passkey': 'mail',
  'mail.appeal': 'mail',
  'mail.decision': 'mail',
  'mail.rounds': 'rest',
  'mail.digest': 'digest',
  'mail.notices': 'digest',
}
export const laneOf = (kind: JobKind): Lane => lanes[kind]
