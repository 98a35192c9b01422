import type { Scope } from '../../shapes/tokens'

/** The claims of a session's token. Personal tokens have scopes. */
export type Claims = { userId: number; sessionId: number; scopes?: Scope[] }

export type SessionTokens = {
  sign(session: { id: number; userId: number; expiresAt: Date; scopes: Scope[] | null }): Promise<string>
  /** The claims of a token that was checked within the last minute, without checking it again. */
  recall(token: string): Claims | undefined
  /** The claims of a token with a valid signature, or null. Whether its session is still open is for its row to say. */
  read(token: string | undefined): Promise<Claims | null>
}

/**
 * Tickets stand between the password and the code of a sign-in. A ticket says that the password was right, opens nothing
 * by itself, and ends after a few minutes or with the password.
 */
export type Tickets = {
  sign(userId: number, passwordHash: string): Promise<string>
  /** Whose ticket it is, or null when it is forged or expired. */
  read(ticket: string): Promise<Ticket | null>
}
export type Ticket = {
  userId: number
  /** Tells whether the password is still the one that was checked. */
  isFor(passwordHash: string): boolean
}

/**
 * Refresh tokens of apps. Each is for one generation of a session, which ends when the token is used, so that a copy that
 * is used later is noticed.
 */
export type RefreshTokens = {
  sign(grant: { id: number; generation: number; expiresAt: Date }): Promise<string>
  read(token: string): Promise<{ sessionId: number; generation: number } | null>
}

/** The use of a passkey. A challenge that was made for one use is refused for the others. */
export type ChallengeUse = 'add' | 'join' | 'sign-in' | 'prove'
export type Challenge = { id: string; userId: number; expiresAt: Date }

/**
 * Challenges are what passkeys sign. They are signed by the server, so that asking for one stores nothing, and end after
 * an hour. `userId` is 0 where nobody is signed in.
 */
export type Challenges = {
  sign(use: ChallengeUse, userId?: number): Promise<string>
  /** The challenge, or null when it is forged, expired or was made for another use. */
  read(text: string, use: ChallengeUse): Promise<Challenge | null>
}

/** Where passkeys work: the origin of the pages, and its host name, which WebAuthn calls the RP ID. */
export type PasskeyPlace = { origin: string; host: string }

/** An epoch that was raised, and the number that `Revoked.raises` had from then on. */
export type Raised = { epoch: number; at: number }

/**
 * The rights that were taken back: raised epochs and ended sessions. In memory, so that serving bytes asks no database.
 * `raises` counts how often epochs were raised here, so that a request can tell those that were raised since it began.
 */
export type Revoked = {
  viewers: Map<number, Raised>
  files: Map<number, Raised>
  sessions: Set<number>
  raises: number
}
