import { expect, test } from 'bun:test'
import { serverWith } from './server'

const { server } = await serverWith([])

const HOST = 'Host: a.test'
const request = (line: string, headers: string[] = [], body = '') =>
  [`${line} HTTP/1.1`, HOST, ...headers, '', body].join('\r\n')
const post = (...headers: string[]) => request('POST /api/sessions', headers, '0\r\n\r\n')
/** A request that would be answered if the end of the preceding one were misjudged. */
const HIDDEN = 'GET /healthz HTTP/1.1\r\nHost: a.test\r\n\r\n'

test('an ambiguous request is refused, and its connection is closed', async () => {
  const shapes = {
    'length and chunks': post('Content-Length: 5', 'Transfer-Encoding: chunked'),
    'chunks and length': post('Transfer-Encoding: chunked', 'Content-Length: 5'),
    'two lengths': post('Content-Length: 0', 'Content-Length: 5'),
    'a list of lengths': post('Content-Length: 0, 5'),
    'a signed length': post('Content-Length: +5'),
    'a negative length': post('Content-Length: -5'),
    'a length in hex': post('Content-Length: 0x5'),
    'no length at all': post('Content-Length: '),
    'a length beyond all numbers': post('Content-Length: 18446744073709551621'),
    'a space before the colon': post('Content-Length : 5'),
    'an unknown coding': post('Transfer-Encoding: xchunked'),
    'chunked, but not last': post('Transfer-Encoding: chunked, identity'),
    'two codings': post('Transfer-Encoding: chunked', 'Transfer-Encoding: identity'),
    'a folded header': post('X-A: b', ' Content-Length: 5'),
    'a bare line feed': `POST /api/sessions HTTP/1.1\nHost: a.test\nContent-Length: 0\n\n`,
    'a bare carriage return': post('X-A: b\rContent-Length: 5'),
    'a zero byte in a header': post('X-A: b\0c'),
    'chunks with line feeds only': request('POST /api/sessions', ['Transfer-Encoding: chunked'], '2\n{}\n0\n\n'),
    'a chunk of negative size': request('POST /api/sessions', ['Transfer-Encoding: chunked'], '-2\r\n{}\r\n0\r\n\r\n'),
    'a chunk larger than all numbers': request(
      'POST /api/sessions',
      ['Transfer-Encoding: chunked'],
      'fffffffffffffffff1\r\n{}\r\n0\r\n\r\n',
    ),
    'an endless chunk extension': request(
      'POST /api/sessions',
      ['Transfer-Encoding: chunked'],
      `2;${'a'.repeat(40_000)}\r\n{}\r\n0\r\n\r\n`,
    ),
    'no host': 'GET /healthz HTTP/1.1\r\n\r\n',
  }
  for (const [name, bytes] of Object.entries(shapes)) {
    const { statuses, closed } = await server.raw.send(bytes + HIDDEN)
    expect([name, statuses.length, statuses[0]! >= 400 && statuses[0]! < 600, closed]).toEqual([name, 1, true, true])
  }
})

test('the unread body of a request is not taken for the next request', async () => {
  const { statuses, text } = await server.raw.send(
    request('GET /healthz', [`Content-Length: ${HIDDEN.length}`], HIDDEN),
  )
  expect([statuses, text.endsWith('ok')]).toEqual([[200], true])
})

test('a missing, repeated or invalid Host header is refused with status 400', async () => {
  const named = (...hosts: string[]) =>
    ['GET /sessions/new HTTP/1.1', ...hosts.map((host) => `Host: ${host}`), '', ''].join('\r\n')
  const hosts = [
    'a.test/x?y#z',
    'a b',
    '',
    '"><script>',
    'a.test:99999999',
    'a.test:1,b',
    'a@b',
    '[::1',
    'a.test\\b',
    'é',
    'a%00b',
  ]
  for (const bytes of [
    ...hosts.map((host) => named(host)),
    named('a.test', 'b.test'),
    'GET /sessions/new HTTP/1.0\r\n\r\n',
  ])
    expect([bytes, (await server.raw.send(bytes)).statuses]).toEqual([bytes, [400]])
  for (const host of [
    'a.test',
    'a.test:7777',
    'localhost',
    '127.0.0.1:1',
    '[::1]:7777',
    '[::1]',
    'xn--bcher-kva.example',
    'my_host.local.',
  ])
    expect([host, (await server.raw.send(named(host))).statuses]).toEqual([host, [200]])
})

test('unusual methods do nothing, and TRACE does not return cookies', async () => {
  for (const method of ['TRACE', 'CONNECT', 'PROPFIND', 'LOCK', 'SEARCH']) {
    const { statuses, text } = await server.raw.send(request(`${method} /api/posts`, ['Cookie: session=swordfish']))
    expect([method, (statuses[0] ?? 400) >= 400, text.includes('swordfish')]).toEqual([method, true, false])
  }
  const preflight = await server.fetch('/api/posts', {
    method: 'OPTIONS',
    headers: { origin: 'http://evil.test', 'access-control-request-method': 'PUT' },
  })
  expect([...preflight.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  const head = await server.raw.send(request('HEAD /sessions/new'))
  expect([head.statuses, head.text.split('\r\n\r\n')[1]]).toEqual([[200], ''])
})

test('headers and URLs that are too long are refused', async () => {
  const long = 'a'.repeat(100_000)
  for (const bytes of [
    request(`GET /${long}`),
    request('GET /healthz', [`X-A: ${long}`]),
    request('GET /healthz', Array(3000).fill('X-A: a')),
  ])
    expect(await server.raw.send(bytes)).toMatchObject({ statuses: [431], closed: true })
})

test('a path with .. does not reach files outside', async () => {
  const paths = [
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/media/..%2f..%2fsecrets.json',
    '/assets/%2e%2e/secrets.json',
    '/assets/..\\..\\x',
  ]
  for (const path of [...paths, '/users/%ff%fe%zz', '/%00', '//evil.test/posts', '/\\evil.test/posts']) {
    const { statuses, text } = await server.raw.send(request(`GET ${path}`))
    const to = /^location: (.*)\r$/im.exec(text)?.[1]
    expect([
      path,
      statuses[0]! < 500 && statuses[0] !== 200,
      to === undefined || to.startsWith('/sessions/new'),
    ]).toEqual([path, true, true])
    expect(text).not.toContain('"secret"')
  }
})
