const encoder = new TextEncoder()

/** A person who needs more has forgotten some: the oldest gives way. */
const MOST_OF_ONE = 20
/** How many events may wait for somebody who reads no more. */
const MOST_WAITING = 200

export type Who = { userId: number; sessionId: number }

/** One page that listens. */
export class Connection {
  readonly userId: number
  readonly sessionId: number
  isOver = false

  constructor(
    { userId, sessionId }: Who,
    /** Where in the log the client was when it came; undefined when that is not known any more. */
    readonly since: number | undefined,
    private readonly controller: ReadableStreamDefaultController<Uint8Array>,
    private readonly leave: (connection: Connection) => void,
  ) {
    this.userId = userId
    this.sessionId = sessionId
  }

  send(text: string) {
    if (this.isOver) return
    if ((this.controller.desiredSize ?? 0) < -MOST_WAITING) return this.end()
    this.controller.enqueue(encoder.encode(text))
  }

  /** The server ends it; the client comes back, if it may. */
  end() {
    if (this.isOver) return
    this.over()
    this.controller.close()
  }

  /** The client has gone. */
  over() {
    this.isOver = true
    this.leave(this)
  }
}

/** Whoever has a page open, by person. */
export function createConnections() {
  const people = new Map<number, Set<Connection>>()

  function leave(connection: Connection) {
    const all = people.get(connection.userId)
    if (all?.delete(connection) && !all.size) people.delete(connection.userId)
  }

  return {
    people: () => people.keys(),
    of: (userId: number): Connection[] => [...(people.get(userId) ?? [])],
    all: (): Connection[] => [...people.values()].flatMap((connections) => [...connections]),

    /** A stream of bytes as `text/event-stream` has them; `begin` gets its other end. */
    open(who: Who, since: number | undefined, begin: (connection: Connection) => void): ReadableStream<Uint8Array> {
      let connection: Connection
      return new ReadableStream<Uint8Array>({
        start(controller) {
          connection = new Connection(who, since, controller, leave)
          begin(connection)
        },
        cancel: () => connection.over(),
      })
    },

    /** From now on it hears what happens. */
    join(connection: Connection) {
      const mine = people.get(connection.userId) ?? new Set()
      people.set(connection.userId, mine.add(connection))
      const [oldest] = mine
      if (mine.size > MOST_OF_ONE) oldest?.end()
    },
  }
}
