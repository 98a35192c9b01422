import { connect, type Socket } from 'node:net'

/** Sends raw bytes, without a client that would correct them. */
export function rawHttp(port: number) {
  const open = (): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(socket))
      socket.on('error', reject)
    })

  return {
    open,
    /** Sends bytes and waits until the server closes the connection or sends nothing more for `patienceMs`. */
    async send(
      bytes: string | Uint8Array,
      patienceMs = 80,
    ): Promise<{ statuses: number[]; text: string; closed: boolean }> {
      const socket = await open()
      let text = ''
      const closed = await new Promise<boolean>((resolve) => {
        let timer = setTimeout(resolve, 2000, false)
        socket.on('data', (data) => {
          text += data.toString('latin1')
          clearTimeout(timer)
          timer = setTimeout(resolve, patienceMs, false)
        })
        socket.on('close', () => {
          clearTimeout(timer)
          resolve(true)
        })
        socket.write(bytes)
      })
      socket.destroy()
      return {
        statuses: [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status)),
        text,
        closed,
      }
    },
  }
}
