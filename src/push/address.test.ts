import { expect, test } from 'bun:test'
import https from 'node:https'
import { type AddressInfo, createServer, type LookupFunction, type Socket } from 'node:net'
import { problem, testApp } from '../../test/harness'
import { pushService } from '../../test/push-service'
import { ForbiddenAddress, isPublicAddress, publicLookup, refusalOf } from './address'
import { postTo } from './request'

const CLOSED = [
  ...[
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.8.8.8',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
  ],
  ...[
    '192.0.0.8',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '239.1.1.1',
  ],
  ...[
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:8.8.8.8',
  ],
  ...[
    '64:ff9b::7f00:1',
    '64:ff9b::808:808',
    '64:ff9b:1::a00:1',
    '100::1',
    '2001::1',
    '2001:10::1',
    '2001:20::1',
    '2001:db8::1',
  ],
  ...[
    '2002:7f00:1::',
    '3fff::1',
    '4000::1',
    '5f00::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
  ],
  ...['2606:4700::1%eth0', '', 'push.example.org', '8.8.8', '08.8.8.8'],
]
const OPEN = [
  '1.1.1.1',
  '8.8.8.8',
  '100.63.255.255',
  '100.128.0.1',
  '172.15.0.1',
  '172.32.0.1',
  '192.167.1.1',
  '223.255.255.255',
]
const OPEN6 = ['2606:4700:4700::1111', '2001:4860:4860::8888', '2a00:1450:4001::1', '2620:fe::fe']

test('only addresses on the public internet count as public', () => {
  expect(CLOSED.filter(isPublicAddress)).toEqual([])
  expect([...OPEN, ...OPEN6].filter((address) => !isPublicAddress(address))).toEqual([])
})

test('an address is judged the way browsers and resolvers read it, however it is written', () => {
  const reasons = (urls: string[]): string[] => urls.map((url) => refusalOf(new URL(url), false) ?? 'fine')
  const tricks = [
    '127.1',
    '2130706433',
    '0x7f.1',
    '017700000001',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:0:0:1]',
    '①②⑦.⓪.⓪.①',
    '127.0.0.1.',
  ]
  expect(reasons(tricks.map((host) => `https://${host}/x`))).toEqual(tricks.map(() => 'address'))
  const names = [
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'printer.local',
    'db.internal',
    'nas.lan',
    'x.home.arpa',
    'intranet',
  ]
  expect(reasons(names.map((host) => `https://${host}/x`))).toEqual(names.map(() => 'address'))
  expect(
    reasons([
      'http://8.8.8.8/',
      'ftp://8.8.8.8/',
      'https://8.8.8.8:25/',
      'https://8.8.8.8:80/',
      'https://u:p@push.example.org/',
    ]),
  ).toEqual([...['scheme', 'scheme', 'port', 'port', 'address']])
  const fine = [
    'https://fcm.googleapis.com/fcm/send/x',
    'https://push.example.org:8443/x',
    'https://8.8.8.8:443/',
    'https://[2606:4700::1]/',
  ]
  expect(reasons(fine)).toEqual(fine.map(() => 'fine'))
})

test('a name that resolves to a private address is not connected to, and is resolved only once', async () => {
  const looked = await new Promise((resolve) => publicLookup('localhost', { all: true }, resolve))
  expect(looked).toBeInstanceOf(ForbiddenAddress)
  const connected = new Promise((resolve) =>
    https.request('https://localhost/', { lookup: publicLookup }).on('error', resolve).end(),
  )
  expect(await connected).toBeInstanceOf(ForbiddenAddress)
  await using service = pushService()
  const { port } = new URL(service.url)
  for (const host of ['localhost', '127.0.0.1', '[::1]'])
    expect(await postTo(new URL(`https://${host}:${port}/x`), {}, new Uint8Array(1), false)).toEqual({
      kind: 'forbidden',
    })
})

test('private services and plain http cannot subscribe unless the server allows them', async () => {
  using t = await testApp()
  await using service = pushService()
  const bob = await t.user('bob')
  const { publicKey } = (await t.api(bob, 'GET /push/key')).body
  const { endpoint, keys } = await service.device(publicKey)
  for (const bad of [
    endpoint,
    'https://127.0.0.1/x',
    'https://[64:ff9b::7f00:1]/x',
    'https://192.168.0.1:8443/x',
    'https://8.8.8.8:22/x',
  ]) {
    const answer = await t.api(bob, 'POST /push/subscriptions', { endpoint: bad, keys })
    expect(answer).toEqual(problem(422, 'invalid', { errors: [{ path: 'endpoint', message: expect.any(String) }] }))
  }
  expect((await t.api(bob, 'POST /push/subscriptions', { endpoint: 'https://push.example.org/x', keys })).status).toBe(
    201,
  )
})

test('an answer that never ends, slow or huge, does not keep its connection', async () => {
  const slow = (socket: Socket) => socket.write('1\r\nx\r\n')
  const huge = (socket: Socket) => socket.write('10000\r\n'.concat('x'.repeat(65_536), '\r\n'))
  for (const [more, patience] of [[slow, 100] as const, [huge, 60_000] as const]) {
    const closed = Promise.withResolvers<void>()
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
        const timer = setInterval(() => more(socket), 10)
        socket.on('close', () => {
          clearInterval(timer)
          closed.resolve()
        })
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const answer = await postTo(new URL(`http://127.0.0.1:${port}/`), {}, new Uint8Array(1), true, patience)
    expect(answer).toMatchObject({ kind: 'answered', status: 200 })
    await closed.promise
    server.close()
  }
})

test('the connection goes to the address that was judged, whatever the name leads to afterwards', async () => {
  const asked: string[] = []
  const server = createServer((socket) => void socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const reached = new Promise<void>((resolve) => server.once('connection', () => resolve()))
  const judged: LookupFunction = (host, options, done) => {
    asked.push(host)
    done(null, options.all ? [{ address: '127.0.0.1', family: 4 }] : '127.0.0.1', 4)
  }
  https
    .request(`https://changing.invalid:${port}/`, { lookup: judged })
    .on('error', () => {})
    .end()
  await reached
  expect(asked).toEqual(['changing.invalid'])
  server.close()
})
