/**
 * In the order of the report's columns. `unfollowed`, `refunded`, `blocked` (by everybody), `blocker` (of everybody) and `suspended` keep
 * the links they were given before.
 */
export const KINDS = [
  'nobody',
  'stranger',
  'follower',
  'unfollowed',
  'refunded',
  'blocked',
  'blocker',
  'suspended',
  'moderator',
  'buyer',
  'owner',
] as const
export type Kind = (typeof KINDS)[number]

/** One who asks. `id` null has no account, or may not use it any more. `held`: links they were given while they had a right to them. */
export type Somebody = { kind: Kind; id: number | null; handle: string; token: string; held: Held }
/** Links, by the file they open. */
export type Held = Map<number, string[]>

export const NOBODY: Somebody = { kind: 'nobody', id: null, handle: '', token: '', held: new Map() }
