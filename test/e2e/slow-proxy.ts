import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * A TCP proxy between a browser and the server. It can be slow, and it can be cut, which loses data in transit and
 * refuses connections.
 */
export async function startSlowProxy(address: string) {
  const { hostname, port } = new URL(address)
  const ends = new Set<Socket>()
  const proxy = { bytesPerSecond: Number.POSITIVE_INFINITY, isCut: false, passed: 0 }

  const server = createServer((browser) => {
    if (proxy.isCut) return browser.destroy()
    const upstream = connect(Number(port), hostname)
    for (const [end, other] of [
      [browser, upstream],
      [upstream, browser],
    ] as const) {
      ends.add(end)
      end.on('error', () => other.destroy())
      end.on('close', () => ends.delete(end) && other.destroy())
    }
    upstream.pipe(browser)
    void pass(browser, upstream).catch(() => upstream.destroy())
  })

  async function pass(from: Socket, to: Socket) {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      if (!to.write(chunk)) await once(to, 'drain')
      proxy.passed += chunk.length
      await Bun.sleep((chunk.length / proxy.bytesPerSecond) * 1000)
    }
    to.end()
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const hangUp = () => {
    for (const end of ends) end.destroy()
  }
  return Object.assign(proxy, {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      proxy.isCut = true
      hangUp()
    },
    repair() {
      proxy.isCut = false
    },
    [Symbol.dispose]() {
      hangUp()
      server.close()
    },
  })
}
