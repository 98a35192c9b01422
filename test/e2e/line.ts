import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A line between a browser and the server that is as slow as wanted, and can be cut: what is on its way is lost, nobody answers. */
export async function layLine(address: string) {
  const { hostname, port } = new URL(address)
  const ends = new Set<Socket>()
  const line = { bytesPerSecond: Number.POSITIVE_INFINITY, isCut: false, passed: 0 }

  const server = createServer((browser) => {
    if (line.isCut) return browser.destroy()
    const house = connect(Number(port), hostname)
    for (const [end, other] of [
      [browser, house],
      [house, browser],
    ] as const) {
      ends.add(end)
      end.on('error', () => other.destroy())
      end.on('close', () => ends.delete(end) && other.destroy())
    }
    house.pipe(browser)
    void pass(browser, house).catch(() => house.destroy())
  })

  async function pass(from: Socket, to: Socket) {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      if (!to.write(chunk)) await once(to, 'drain')
      line.passed += chunk.length
      await Bun.sleep((chunk.length / line.bytesPerSecond) * 1000)
    }
    to.end()
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const hangUp = () => {
    for (const end of ends) end.destroy()
  }
  return Object.assign(line, {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      line.isCut = true
      hangUp()
    },
    mend() {
      line.isCut = false
    },
    [Symbol.dispose]() {
      hangUp()
      server.close()
    },
  })
}
