/** In the order of the report's columns. `unfollowed` and `refunded` keep the links they were given before. */
export const KINDS = ['nobody', 'stranger', 'follower', 'unfollowed', 'refunded', 'buyer', 'owner'] as const
export type Kind = (typeof KINDS)[number]

/** One who asks. `id` null has no account. `held`: links they were given while they had a right to them. */
export type Somebody = { kind: Kind; id: number | null; handle: string; token: string; held: Held }
/** Links, by the file they open. */
export type Held = Map<number, string[]>

export const NOBODY: Somebody = { kind: 'nobody', id: null, handle: '', token: '', held: new Map() }
