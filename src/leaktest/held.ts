import { connect, type Socket } from 'node:net'
import type { Somebody } from './people'
import { credentials, type Scene } from './scene'

/** A call that changes nothing and answers with what only its person may see. */
const CALL = '/api/users/account'
const BODY = '{}'

type Held = { who: Somebody; finish: () => Promise<number> }

/**
 * Sends a request for each of the people, without its last byte, and waits until the server works on all of them. Then
 * calls `use`, which may finish them; `finish` sends the byte and returns the status.
 */
export async function holdRequests(
  { hono }: Pick<Scene, 'hono'>,
  people: Somebody[],
  use: (held: Held[]) => Promise<void>,
): Promise<void> {
  let begun = 0
  const allBegun = Promise.withResolvers<void>()
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch(request) {
      if (++begun === people.length) allBegun.resolve()
      return hono.fetch(request, { address: '127.0.0.1' })
    },
  })
  try {
    const held = people.map((who) => hold(server.port!, who))
    if (people.length) await allBegun.promise
    await use(held)
  } finally {
    await server.stop(true)
  }
}

function hold(port: number, who: Somebody): Held {
  const headers = {
    host: 'localhost',
    connection: 'close',
    'content-type': 'application/json',
    'content-length': String(BODY.length),
    ...credentials(who, CALL),
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const socket = connect(port, '127.0.0.1', () =>
    socket.write(`PATCH ${CALL} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${BODY.slice(0, -1)}`),
  )
  return { who, finish: () => statusAfter(socket, BODY.slice(-1)) }
}

/** Sends the rest of a request and returns the status of the answer. */
function statusAfter(socket: Socket, rest: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  socket.once('data', (data) => {
    resolve(Number(data.toString('latin1').slice(9, 12)))
    socket.destroy()
  })
  socket.once('error', reject)
  socket.write(rest)
  return promise
}
