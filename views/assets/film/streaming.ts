/** A video that plays in several qualities. */
export type Stream = {
  /** Plays the quality with this shorter side, or with `null` whichever the connection allows. */
  choose(side: number | null): void
  stop(): void
}
