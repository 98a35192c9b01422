import type { Locale } from '../../shapes/locales'
import type { Scope } from '../../shapes/tokens'
import type { Role } from '../../shapes/users'
import type { Id } from '../db/columns'

/** The part of a person that other people may see. */
export type Person = {
  id: Id<'user'>
  handle: string
  displayName: string
  bio: string
  links: string[]
  /** Null until the picture is ready, and while the person is suspended. */
  avatarFileId: Id<'file'> | null
  followers: number
  following: number
  posts: number
  /** Whether only accepted followers see their posts. */
  private: boolean
  createdAt: Date
}

/** A person with everything that only they and the staff may see. */
export type Account = Person & {
  email: string | null
  emailVerifiedAt: Date | null
  emailRefusedAt: Date | null
  emailRefusal: string | null
  mailLocale: Locale | null
  role: Role
  locale: Locale | null
  /** The chosen time zone; null follows the community. */
  timeZone: string | null
  /** In bytes. */
  storageUsed: number
  suspendedAt: Date | null
  suspensionReason: string | null
  /** When the account is erased, if it is being deleted. */
  eraseAt: Date | null
  /** When they last agreed to the rules, terms and privacy statement. */
  agreedAt: Date | null
  buyerAge: number | null
  /** When they last used a session, to the day; null if they never did. */
  seenAt: Date | null
  /** When they asked to join; null unless they wait for the staff or were refused. */
  waitingAt: Date | null
  refusedAt: Date | null
  refusal: string | null
  /** Whether they have to confirm their email address before they can take part. */
  mustConfirm: boolean
  /** Whether the welcome of the host is still shown to them. */
  isNew: boolean
  /** When they confirmed that they are an adult. */
  adultAt: Date | null
  /** From when they are an adult, if they said that they were too young. */
  adultFrom: Date | null
  /** Their own storage in MB; null for that of their role. */
  quotaMb: number | null
  /** Null when no picture was chosen. */
  avatarStatus: 'processing' | 'ready' | 'failed' | null
  /** Whether signing in takes a code besides the password. */
  secondFactor: boolean
  /** False for people who have only passkeys. */
  hasPassword: boolean
  /** How many passkeys they have. */
  passkeys: number
}

/** The signed-in person who makes a request, and the session by which they are signed in. */
export type Viewer = Account & {
  sessionId: Id<'session'>
  /** Whether they may use only their own account, because staff of this community need a second factor. */
  restricted: boolean
  /** The scopes of the personal token that makes the request. They are null without a token. */
  scopes: Scope[] | null
  /** When they last used a passkey in this session; null if they signed in by a password. */
  passkeyAt: Date | null
}
