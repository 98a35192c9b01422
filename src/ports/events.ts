export type Events = {
  /** The current position of the log. A page made from now on shows everything that happened before it. */
  position(): string
  /** Streams what happens to this person, starting after `position` if one is given. */
  open(who: { userId: number; sessionId: number }, position: string | undefined): ReadableStream<Uint8Array>
  /** How many pages receive events. */
  size(): number
  /** Ends all connections, for when the server stops. Clients reconnect by themselves. */
  close(): void
}
