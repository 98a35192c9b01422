/**
 * The kinds of people, in the order of the report's columns. `guest` has no account but a look at one post, and
 * `lapsed` is a guest whose look was taken back. `requester` asked every private account and waits for an
 * answer. Everybody with an account but the `stranger` has confirmed
 * their age, and `unconfirmed` took it back. `blocked` is blocked by everybody, and `blocker` blocks everybody. `lapsed`,
 * `unfollowed`, `refunded`, `unconfirmed`, `blocked`, `blocker` and `suspended` keep the links they received before.
 */
export const KINDS = [
  'nobody',
  'guest',
  'lapsed',
  'stranger',
  'requester',
  'follower',
  'unfollowed',
  'refunded',
  'unconfirmed',
  'blocked',
  'blocker',
  'suspended',
  'moderator',
  'buyer',
  'owner',
] as const
export type Kind = (typeof KINDS)[number]

/**
 * A person who sends requests. `id` is null without an account, or when the account is suspended. `held` are links they
 * received while they had access.
 */
export type Somebody = {
  kind: Kind
  id: number | null
  handle: string
  token: string
  held: Held
  /** The post that a guest sees, and the viewer of their media links. */
  look?: { postId: number; guest: number }
  /** The cookie of a guest's browser. */
  cookie?: string
}
/** Links by the id of their file. */
export type Held = Map<number, string[]>

/** Somebody without an account, who was shown no links. */
export const NOBODY: Somebody = { kind: 'nobody', id: null, handle: '', token: '', held: new Map() }
