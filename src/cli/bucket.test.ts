import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'bun:test'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { photo } from '../../test/photos'
import { pinhole, servePinhole } from '../../test/process'
import { startS3 } from '../../test/s3'
import { readConfig } from '../config'
import { createMediaUrls } from '../http/media-url'
import { readKeyring } from '../keys'
import { bucket as bucketCheck } from './checks/bucket'

const jpeg = new Uint8Array(await photo().jpeg().toBuffer())

let s3: Awaited<ReturnType<typeof startS3>>
let dir: string
beforeAll(async () => {
  s3 = await startS3()
})
afterAll(() => s3[Symbol.asyncDispose]())
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const at = (...names: string[]) => join(dir, ...names)
const bucket = (name: string) => ({
  PINHOLE_S3_URL: s3.url.replace('/community', `/${name}`),
  PINHOLE_MIN_FREE_MB: '1',
})

const run = async (env: Record<string, string>, ...args: string[]) => {
  const { status, out, err } = await pinhole([...args, '--json'], { env })
  return { status, err, ...(out ? JSON.parse(out) : {}) }
}

/** Starts a server, with the first administrator on the first start, and returns how to talk to it. */
async function serve(env: Record<string, string>, data = 'data') {
  const server = await servePinhole(at(data), { env })
  const call = async (path: string, init: RequestInit = {}, token?: string) =>
    fetch(new URL(path, server.address), {
      ...init,
      headers: { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) },
    })
  return { ...server, call, [Symbol.asyncDispose]: server[Symbol.asyncDispose] }
}

async function signIn({ call }: Awaited<ReturnType<typeof serve>>): Promise<string> {
  const json = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const body = JSON.stringify({ handle: 'ann', password: 'a long password' })
  return ((await (await call('/api/sessions', { ...json, body })).json()) as { token: string }).token
}

type File = { id: number; status: string; renditions: { feed: { url: string } } }

const makeAnn = () =>
  pinhole(['users', 'create', 'ann', '--role', 'admin', '--password-stdin', '--data', at('data')], {
    stdin: 'a long password',
  })

async function upload({ call }: Awaited<ReturnType<typeof serve>>, token: string): Promise<number> {
  const body = new FormData()
  body.append('file', new Blob([jpeg]), 'a.jpg')
  return ((await (await call('/api/files', { method: 'POST', body }, token)).json()) as File).id
}

async function ready({ call }: Awaited<ReturnType<typeof serve>>, token: string, id: number) {
  for (let tries = 0; tries < 200; tries++) {
    const file = (await (await call(`/api/files/${id}`, {}, token)).json()) as File
    if (file.status !== 'processing') return file
    await Bun.sleep(50)
  }
  throw new Error('The file is not ready.')
}

test('a killed server loses nothing, its files move to the bucket and back, and a backup restores them there', async () => {
  const env = bucket('story')
  let file: File
  let token: string
  {
    await using server = await serve({ PINHOLE_MIN_FREE_MB: '1' })
    await makeAnn()
    token = await signIn(server)
    file = await ready(server, token, await upload(server, token))
    // While the server goes on with its folder, a first copy is made.
    const moved = await run(env, 'files', 'move', 'bucket', '--data', at('data'))
    expect(moved).toMatchObject({ status: 0, files: 1, copied: 4, missing: [], changed: [], removed: 0 })
    await upload(server, token)
    await server.stop('SIGKILL')
  }
  expect(await run(env, 'files', 'move', 'bucket', '--data', at('data'))).toMatchObject({ status: 0, files: 2 })
  for (const name of ['media', 'uploads']) renameSync(at('data', name), at(`old-${name}`))
  {
    await using server = await serve(env)
    const second = await ready(server, token, 2)
    expect([file.status, second.status]).toEqual(['ready', 'ready'])
    expect((await server.call(file.renditions.feed.url, {}, token)).status).toBe(200)
    expect((await server.call('/readyz')).status).toBe(200)
    await upload(server, token)
    await server.stop('SIGKILL')
  }
  {
    await using server = await serve(env)
    expect((await ready(server, token, 3)).status).toBe('ready')
    // Commands use the settings of the running server.
    expect(await run({}, 'audit', '--data', at('data'))).toMatchObject({ status: 0, ok: true, files: 3, faults: [] })
    expect(await run({}, 'backup', at('copy.tar'), '--data', at('data'))).toMatchObject({
      status: 0,
      files: 3,
      lost: [],
    })
    await server.call('/api/files/1', { method: 'DELETE' }, token)
    await server.stop()
  }
  expect(await run(env, 'files', 'move', 'folder', '--data', at('data'))).toMatchObject({
    status: 0,
    files: 2,
    copied: 8,
  })
  expect(readdirSync(at('data/media')).sort()).toEqual(['2', '3'])
  expect(readFileSync(at('data/media/3/original'))).toEqual(Buffer.from(jpeg))
  expect(await run({}, 'audit', '--data', at('data'))).toMatchObject({ ok: true, files: 2 })
  expect(await run(env, 'files', 'move', 'folder', '--data', at('data'))).toMatchObject({ copied: 0 })

  expect(servePinhole(at('other'), { env })).rejects.toThrow('belongs to another community')
  const used = await run(env, 'restore', at('copy.tar'), '--data', at('new'))
  expect([used.status, used.err]).toEqual([1, expect.stringContaining('already contains files')])
  expect(await run(bucket('new'), 'restore', at('copy.tar'), '--data', at('new'))).toMatchObject({
    status: 0,
    files: 3,
  })
  expect(existsSync(at('new/media'))).toBe(false)
  expect(await run(bucket('new'), 'audit', '--data', at('new'))).toMatchObject({ ok: true, files: 3 })
})

test('doctor says what the key may do, whether strangers can read, and what is left in the folder', async () => {
  // The store of the tests shows everything to everybody; this one answers only signed requests.
  const { host, pathname } = new URL(s3.url)
  using front = Bun.serve({
    port: 0,
    fetch(request) {
      const { pathname, search } = new URL(request.url)
      const signed = /X-Amz-Signature/.test(search) || request.headers.has('authorization')
      if (!signed) return new Response('<Error><Code>AccessDenied</Code></Error>', { status: 403 })
      const headers = new Headers(request.headers)
      headers.set('host', host)
      return fetch(`http://${host}${pathname}${search}`, { method: request.method, headers, body: request.body })
    },
  })
  const about = async (url: string) => {
    const config = readConfig({ data: at('data') }, { PINHOLE_S3_URL: url })
    const found = await bucketCheck.run({ config, server: { state: 'none' }, database: { ...config, path: '' } })
    return found.map(({ status, detail }) => `${status}: ${detail}`)
  }
  const closed = s3.url.replace(host, `127.0.0.1:${front.port}`)
  expect(pathname).toBe('/photos/community')
  expect(await about(closed)).toEqual([
    expect.stringMatching(/^ok: http:.*\/photos\/community\/ answers/),
    'ok: Without the key, nothing can be read.',
  ])
  mkdirSync(at('data/media/1'), { recursive: true })
  writeFileSync(at('data/media/1/original'), 'x')
  expect(await about(s3.url)).toEqual([
    expect.stringContaining('answers'),
    expect.stringContaining('fail: Everybody can read this bucket'),
    expect.stringContaining('still contains files'),
  ])
  const [missing] = await about(s3.url.replace('/photos/', '/nothing/'))
  expect(missing).toContain('cannot be listed (NoSuchBucket). Create the bucket')
  const [refused] = await about(s3.url.replace('S3RVER:S3RVER', 'OTHER:verysecret'))
  expect(refused).toContain('(InvalidAccessKeyId). Check the key')
  const [away] = await about(s3.url.replace(host, '127.0.0.1:1'))
  expect(away).toContain('Check the address in PINHOLE_S3_URL')
  expect(JSON.stringify([missing, refused, away])).not.toMatch(/verysecret|Signature=/)
})

test('bytes that a store cuts off are never sent or kept as if they were whole, and nothing tells how to get them', async () => {
  const answer = (bytes: number, body: string) =>
    `HTTP/1.1 200 OK\r\ncontent-length: ${bytes}\r\nlast-modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n\r\n${body}`
  // A store whose connections break after the first bytes.
  using store = Bun.listen({
    hostname: '127.0.0.1',
    port: 0,
    socket: {
      data(socket, request) {
        const text = request.toString()
        socket.write(answer(text.includes('thumb') ? 1000 : 100_000_000, text.startsWith('HEAD') ? '' : 'a part'))
        socket.end()
      },
    },
  })
  const PINHOLE_S3_URL = `s3://KEY:SECRET@127.0.0.1:${store.port}/photos?tls=off`
  await using server = await serve({ PINHOLE_S3_URL, PINHOLE_ACCESS: 'public' })
  const now = () => new Date()
  const keys = readKeyring(at('data'), now)
  const none = { viewers: new Map(), files: new Map(), sessions: new Set() }
  const { urlOf } = createMediaUrls(() => keys('media'), none as never, now)
  const seen: unknown[] = []
  for (const name of ['full/thumb.webp', 'full/full.webp', 'full/full.webp'] as const)
    seen.push(
      await server.call(urlOf({ viewer: 0, file: 1, asOf: 0 }, name)).then(
        async (found) => (found.ok ? await found.bytes().catch(() => 'broken off') : found.status),
        () => 'broken off',
      ),
    )
  expect(seen).toEqual([503, 'broken off', 'broken off'])
  expect(existsSync(at('data/cache/1'))).toBe(false)
  const { err } = await server.stop()
  expect(err).toContain('The bucket does not answer')
  expect(err).not.toMatch(/Signature|Credential|SECRET/)
})
