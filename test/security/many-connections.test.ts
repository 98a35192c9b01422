import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { photo } from '../photos'
import { serverWith } from './server'

const CROWD = 2000
const MB = 1024 ** 2

const { server, ann } = await serverWith(['ann'])

const residentMb = () =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, 'latin1'))![1]) / 1024

/** Makes some ordinary requests and fails unless all of them succeed. */
async function askAsUsual(): Promise<void> {
  for (let i = 0; i < 20; i++) await ann.ask('GET /posts')
}

/** Opens many connections and counts those that the server has answered or closed. */
async function crowd(speak: (socket: Socket, i: number) => void) {
  const sockets = await Promise.all(Array.from({ length: CROWD }, server.raw.open))
  let served = 0
  for (const [i, socket] of sockets.entries()) {
    let isServed = false
    const serve = () => {
      served += isServed ? 0 : 1
      isServed = true
    }
    socket.on('data', serve).on('close', serve)
    speak(socket, i)
  }
  return { served: () => served, [Symbol.dispose]: () => sockets.forEach((socket) => void socket.destroy()) }
}

test('other people are served before two thousand silent or unfinished connections', async () => {
  const before = residentMb()
  const bob = await server.signUp('bob')
  const slow = [
    '',
    'GET / HT',
    'GET / HTTP/1.1\r\nHost: a.test\r\nX-A: ',
    'POST /api/sessions HTTP/1.1\r\nHost: a.test\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    [
      'POST /sessions HTTP/1.1',
      'Host: a.test',
      'Content-Type: application/x-www-form-urlencoded',
      'Transfer-Encoding: chunked',
      '',
      '5',
      'ha',
    ].join('\r\n'),
    [
      'POST /api/files HTTP/1.1',
      'Host: a.test',
      `Authorization: Bearer ${bob.token}`,
      'Content-Type: multipart/form-data; boundary=x',
      'Content-Length: 1000',
      '',
      '--x\r\n',
    ].join('\r\n'),
  ]
  using all = await crowd((socket, i) => socket.write(slow[i % slow.length]!))
  await askAsUsual()
  // A person's uploads above a number are refused; all other connections still wait.
  expect(all.served()).toBeLessThanOrEqual(Math.ceil(CROWD / slow.length))
  expect(residentMb() - before).toBeLessThan(250)
})

test('bodies that are announced as huge are not kept in memory', async () => {
  const before = residentMb()
  const push = async (path: string, type: string, token = '') => {
    const socket = await server.raw.open()
    socket.on('error', () => {})
    const answered = new Promise<string>((resolve) =>
      socket.once('data', (data) => resolve(data.toString('latin1').slice(9, 12))),
    )
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: a.test\r\n${token}Content-Type: ${type}\r\nContent-Length: ${5000 * MB}\r\n\r\n`,
    )
    const chunk = Buffer.alloc(MB, 97)
    for (let i = 0; i < 100 && !socket.destroyed; i++) await new Promise((resolve) => socket.write(chunk, resolve))
    const status = await Promise.race([answered, Bun.sleep(1000).then(() => 'none')])
    socket.destroy()
    return status
  }
  const form = 'multipart/form-data; boundary=x'
  expect([
    await push('/api/posts', form),
    await push('/api/sessions', form),
    await push('/api/sessions', 'application/json'),
    await push('/api/sessions', 'application/offset+octet-stream'),
    await push('/api/files', form, `Authorization: Bearer ${ann.token}\r\n`),
    await push('/nothing', form),
  ]).toEqual(['401', '415', '413', '415', '413', '303'])
  expect(residentMb() - before).toBeLessThan(150)
  await askAsUsual()
})

test('a large upload is streamed to the disk and not kept in memory', async () => {
  const size = 300
  const jpeg = new Uint8Array(await photo().jpeg().toBuffer())
  const chunk = new Uint8Array(MB)
  async function* body() {
    yield '--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    yield jpeg
    for (let sent = 0; sent < size; sent++) yield chunk
    yield '\r\n--x--\r\n'
  }
  const before = residentMb()
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, residentMb())
  }, 10)
  const headers = { authorization: `Bearer ${ann.token}`, 'content-type': 'multipart/form-data; boundary=x' }
  const answer = await server.fetch('/api/files', { method: 'POST', headers, body: body() as never })
  clearInterval(watch)
  expect(answer.status).toBe(201)
  expect(most - before).toBeLessThan(size / 2)
})

test('requests that are cut off in the middle cause no server error', async () => {
  for (const head of ['Content-Length: 100', 'Transfer-Encoding: chunked']) {
    for (const path of ['/api/sessions', '/sessions', '/api/files', '/api/uploads']) {
      const socket = await server.raw.open()
      const type = path === '/api/files' ? 'multipart/form-data; boundary=x' : 'application/json'
      socket.write(
        [
          `POST ${path} HTTP/1.1`,
          'Host: a.test',
          `Authorization: Bearer ${ann.token}`,
          `Content-Type: ${type}`,
          head,
          '',
          '5',
          '--x\r\n',
        ].join('\r\n'),
      )
      await Bun.sleep(20)
      socket.destroy()
    }
  }
  await Bun.sleep(100)
  await askAsUsual()
  const { status, err } = await server.stop()
  expect([status, err.split('\n').filter((line) => / error /.test(line))]).toEqual([0, []])
})
