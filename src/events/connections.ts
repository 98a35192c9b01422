const encoder = new TextEncoder()

/** How many connections a person may have. When one more opens, the oldest is closed. */
const MOST_OF_ONE = 20
/** How many events may wait for a client that has stopped reading. */
const MOST_WAITING = 200

export type Who = { userId: number; sessionId: number }
/** Where a client goes on. */
export type Place = { since: number | undefined; heard: number | undefined }

/** An open page that receives events. */
export class Connection {
  readonly userId: number
  readonly sessionId: number
  isOver = false

  constructor(
    { userId, sessionId }: Who,
    /** The client's position in the log when it connected. Undefined when that position is no longer known. */
    readonly since: number | undefined,
    /** The last happening that the client heard of. Undefined until it is known which is the newest. */
    public heard: number | undefined,
    private readonly controller: ReadableStreamDefaultController<Uint8Array>,
    private readonly leave: (connection: Connection) => void,
  ) {
    this.userId = userId
    this.sessionId = sessionId
  }

  send(text: string) {
    if (this.isOver || !text) return
    if ((this.controller.desiredSize ?? 0) < -MOST_WAITING) return this.end()
    this.controller.enqueue(encoder.encode(text))
  }

  /** Closes the connection. The client may reconnect. */
  end() {
    if (this.isOver) return
    this.over()
    this.controller.close()
  }

  /** Forgets the connection after the client has left. */
  over() {
    this.isOver = true
    this.leave(this)
  }
}

export type Connections = ReturnType<typeof createConnections>

/** The open connections of each person. */
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

    /** Opens a `text/event-stream` and passes its sending end to `begin`. */
    open(who: Who, { since, heard }: Place, begin: (connection: Connection) => void): ReadableStream<Uint8Array> {
      let connection: Connection
      return new ReadableStream<Uint8Array>({
        start(controller) {
          connection = new Connection(who, since, heard, controller, leave)
          begin(connection)
        },
        cancel: () => connection.over(),
      })
    },

    /** Makes the connection receive events from now on. */
    join(connection: Connection) {
      const mine = people.get(connection.userId) ?? new Set()
      people.set(connection.userId, mine.add(connection))
      const [oldest] = mine
      if (mine.size > MOST_OF_ONE) oldest?.end()
    },
  }
}
