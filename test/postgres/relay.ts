import type { Socket, TCPSocketListener } from 'bun'

type Pair = { other?: Socket<Pair>; waiting: Uint8Array[] }

/**
 * A way to a PostgreSQL server on this machine that can be cut. `loseAnswerTo` cuts it when these words were sent, after
 * the server has had time to do what they say, and so that its answer never arrives.
 */
export function relayTo(url: string) {
  const target = new URL(url)
  const open = new Set<Socket<Pair>>()
  let words: string | undefined
  let lost = Promise.withResolvers<void>()

  const cut = () => {
    for (const socket of open) socket.terminate()
    listener?.stop(true)
    listener = undefined
  }
  const pass = (to: Socket<Pair>, bytes: Uint8Array) => void to.write(bytes)

  const listen = (port: number): TCPSocketListener<Pair> =>
    Bun.listen<Pair>({
      hostname: '127.0.0.1',
      port,
      socket: {
        async open(near) {
          near.data = { waiting: [] }
          open.add(near)
          const far = await Bun.connect<Pair>({
            hostname: target.hostname,
            port: Number(target.port),
            data: { other: near, waiting: [] },
            socket: {
              data: (far, bytes) => void (isLosing || pass(far.data.other!, bytes)),
              close: (far) => void far.data.other?.end(),
            },
          })
          open.add(far)
          near.data.other = far
          for (const bytes of near.data.waiting) pass(far, bytes)
        },
        data(near, bytes) {
          if (words && Buffer.from(bytes).includes(words)) {
            words = undefined
            isLosing = true
            setTimeout(() => {
              cut()
              isLosing = false
              lost.resolve()
            }, 200)
          }
          if (near.data.other) pass(near.data.other, bytes)
          else near.data.waiting.push(Uint8Array.from(bytes))
        },
        close: (near) => void near.data.other?.end(),
      },
    })
  let isLosing = false
  let listener: TCPSocketListener<Pair> | undefined = listen(0)
  const { port } = listener

  return {
    url: Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href,
    /** Resolves when the answer is lost and the way is cut. */
    loseAnswerTo(sent: string): Promise<void> {
      words = sent
      lost = Promise.withResolvers()
      return lost.promise
    },
    mend() {
      listener ??= listen(port)
    },
    [Symbol.dispose]: cut,
  }
}
