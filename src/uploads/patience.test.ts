import { expect, test } from 'bun:test'
import { connect, type Socket } from 'node:net'
import { problem, testApp } from '../../test/harness'
import { photo } from '../../test/photos'
import { until } from '../../test/until'
import { LEAST_BYTES, MOST_AT_ONCE, PATIENCE_SECONDS, patience } from './patience'

const jpeg = await photo().jpeg().toBuffer()

test('a connection gets more time whenever enough bytes arrive, but not for a byte now and then', () => {
  const said: number[] = []
  const came = patience((seconds) => said.push(seconds))
  const after = (bytes: number) => {
    came(bytes)
    return said.length
  }
  // The web server accepts no timeout above 255 seconds.
  expect([said, PATIENCE_SECONDS <= 255]).toEqual([[PATIENCE_SECONDS], true])
  expect([1, 2, 3, LEAST_BYTES - 1].map(after)).toEqual([1, 1, 1, 1])
  expect([LEAST_BYTES, LEAST_BYTES + 1, 2 * LEAST_BYTES, 9 * LEAST_BYTES].map(after)).toEqual([2, 2, 3, 4])
})

/** Starts a server with ann, who sends the beginnings of uploads and then nothing more. */
async function withAnn() {
  const t = await testApp({ PINHOLE_RATE_LIMITS: 'off' })
  const server = t.listen({ hurry: 60 })
  const ann = await t.user('ann')
  const tus = (path: string, method: string, headers: object = {}, body?: Uint8Array<ArrayBuffer>) =>
    fetch(new URL(path, server.url), {
      method,
      headers: { authorization: `Bearer ${ann.token}`, 'tus-resumable': '1.0.0', ...headers },
      ...(body && { body }),
    })
  const begin = async () =>
    (await tus('/api/uploads', 'POST', { 'upload-length': String(jpeg.length) })).headers.get('location')!
  const send = (path: string, method: string, headers: string, body: Uint8Array | string): Promise<Socket> =>
    new Promise((resolve) => {
      const socket = connect(server.port!, '127.0.0.1', () => {
        socket.write(
          `${method} ${path} HTTP/1.1\r\nHost: a.test\r\nAuthorization: Bearer ${ann.token}\r\n${headers}\r\n\r\n`,
        )
        socket.write(body, () => resolve(socket))
      })
      socket.on('error', () => {})
      socket.resume()
    })
  const bytes = [
    'Tus-Resumable: 1.0.0',
    'Content-Type: application/offset+octet-stream',
    'Upload-Offset: 0',
    `Content-Length: ${jpeg.length}`,
  ].join('\r\n')
  return {
    ...t,
    ann,
    tus,
    begin,
    half: (at: string) => send(at, 'PATCH', bytes, jpeg.subarray(0, 100)),
    halfForm: () =>
      send('/api/files', 'POST', 'Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 9999', '--x\r\n'),
    form() {
      const body = new FormData()
      body.append('file', new Blob([new Uint8Array(jpeg)]), 'a.jpg')
      return fetch(new URL('/api/files', server.url), {
        method: 'POST',
        headers: { authorization: `Bearer ${ann.token}` },
        body,
      })
    },
    rest: (at: string, from: number) =>
      tus(
        at,
        'PATCH',
        { 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream' },
        jpeg.subarray(from),
      ),
    async [Symbol.asyncDispose]() {
      await server.stop(true)
      t[Symbol.dispose]()
    },
  }
}

const closed = (socket: Socket) => new Promise<boolean>((resolve) => socket.on('close', () => resolve(true)))

test('an upload that stops sending is closed, and can be resumed', async () => {
  await using t = await withAnn()
  const at = await t.begin()
  const [upload, form] = await Promise.all([t.half(at), t.halfForm()])
  expect(await Promise.all([closed(upload), closed(form)])).toEqual([true, true])
  await until('what arrived is stored', async () => (await t.tus(at, 'HEAD')).headers.get('upload-offset') === '100')
  const whole = await t.rest(at, 100)
  expect([whole.status, whole.headers.get('content-location')]).toEqual([204, '/api/files/1'])
})

test('a person can run a limited number of uploads at once, and broken connections do not count', async () => {
  await using t = await withAnn()
  const ways = await Promise.all(
    Array.from({ length: MOST_AT_ONCE }, async (_, i) => (i % 2 ? t.half(await t.begin()) : t.halfForm())),
  )
  const at = await t.begin()
  // Until then the reply is 409, since the offset is wrong.
  await until('all are counted', async () => (await t.rest(at, 1)).status === 429)
  const refused = await Promise.all([t.rest(at, 0), t.form()])
  for (const answer of refused) {
    expect(answer.headers.get('retry-after')).toBe('10')
    expect({ status: answer.status, body: await answer.json() }).toEqual(problem(429, 'rate_limited'))
  }
  for (const socket of ways) socket.destroy()
  const whole = await until('they are let go', async () => {
    const answer = await t.rest(at, 0)
    return answer.status !== 429 && answer
  })
  expect(whole.status).toBe(204)
})
