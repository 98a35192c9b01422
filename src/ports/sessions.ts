/** What a session's token says. */
export type Claims = { userId: number; sessionId: number }

export type SessionTokens = {
  sign(session: { id: number; userId: number; expiresAt: Date }): Promise<string>
  /** The claims of a token that was checked within the last minute, without checking it again. */
  recall(token: string): Claims | undefined
  /** The claims of a token with a valid signature, or null. Whether its session is still open is for its row to say. */
  read(token: string | undefined): Promise<Claims | null>
}

/** What was granted and then taken back: raised epochs and ended sessions. In memory, so that serving bytes asks no database. */
export type Revoked = { viewers: Map<number, number>; files: Map<number, number>; sessions: Set<number> }
