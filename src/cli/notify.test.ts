import { dlopen, ptr } from 'bun:ffi'
import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pinhole, servePinhole } from '../../test/process'
import { until } from '../../test/until'

const [AF_UNIX, SOCK_DGRAM, MSG_DONTWAIT] = [1, 2, 0x40]

/** A datagram socket at an address of sd_notify(3), like that of systemd. */
function receiver(path: string) {
  const { symbols } = dlopen('libc.so.6', {
    socket: { args: ['int', 'int', 'int'], returns: 'int' },
    bind: { args: ['int', 'ptr', 'int'], returns: 'int' },
    recv: { args: ['int', 'ptr', 'u64', 'int'], returns: 'i64' },
    close: { args: ['int'], returns: 'int' },
  })
  const socket = symbols.socket(AF_UNIX, SOCK_DGRAM, 0)
  const address = Buffer.from(`\x01\0${path.replace(/^@/, '\0')}${path.startsWith('@') ? '' : '\0'}`)
  if (symbols.bind(socket, ptr(address), address.length) !== 0) throw new Error(`The test cannot listen at ${path}.`)
  const buffer = Buffer.alloc(200)
  return {
    /** Waits for the next message. */
    next: () =>
      until('a message comes', () => {
        const length = Number(symbols.recv(socket, ptr(buffer), buffer.length, MSG_DONTWAIT))
        return length > 0 && buffer.toString('utf8', 0, length)
      }),
    [Symbol.dispose]: () => void symbols.close(socket),
  }
}

test.skipIf(process.platform !== 'linux')(
  'the service manager hears when the server is ready and when it stops',
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
    try {
      for (const path of [join(dir, 'notify'), `@pinhole-${process.pid}`]) {
        using manager = receiver(path)
        const server = await servePinhole(join(dir, 'data'), { env: { NOTIFY_SOCKET: path } })
        expect(await manager.next()).toBe('READY=1\n')
        expect((await fetch(`${server.address}/readyz`)).status).toBe(200)
        const stopped = server.stop()
        expect(await manager.next()).toBe('STOPPING=1\n')
        expect(await stopped).toMatchObject({ status: 0, err: expect.not.stringContaining('warn') })
      }
    } finally {
      rmSync(dir, { recursive: true })
    }
  },
)

test.skipIf(process.platform !== 'linux')('a server whose manager does not listen goes on and says so', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
  try {
    const server = await servePinhole(join(dir, 'data'), { env: { NOTIFY_SOCKET: join(dir, 'nobody') } })
    expect((await fetch(`${server.address}/readyz`)).status).toBe(200)
    expect(await pinhole(['version'], { env: { NOTIFY_SOCKET: join(dir, 'nobody') } })).toMatchObject({ err: '' })
    expect(await server.stop()).toMatchObject({ status: 0, err: expect.stringContaining('Nobody receives at') })
  } finally {
    rmSync(dir, { recursive: true })
  }
})
