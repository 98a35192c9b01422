/** Every kind of job and what it carries. */
export type Jobs = {
  'files.process': { fileId: number }
  'files.convert': { fileId: number }
  'files.erase': { fileId: number }
  'inbox.deliver': { postId: number; after: number }
  'inbox.backfill': { followerId: number; followeeId: number }
  'inbox.withdraw': { followerId: number; followeeId: number }
  'inbox.retract': { postId: number; authorId: number; at: number; after: number }
  'library.refund': { postId: number; authorId: number }
  'users.erase': { userId: number }
  'house.sweep': Record<string, never>
}
export type JobKind = keyof Jobs
export type Job<K extends JobKind = JobKind> = { id: number; kind: K; payload: Jobs[K]; attempts: number }

/** Lanes do not wait for each other: photos that take long delay no delivery, and videos delay no photo. How many jobs of each may run at once. */
export const LANES = { media: 1, video: 1, rest: 2 } as const
export type Lane = keyof typeof LANES

export const laneOf = (kind: JobKind): Lane => (kind === 'files.process' ? 'media' : kind === 'files.convert' ? 'video' : 'rest')
