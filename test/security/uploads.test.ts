import { beforeAll, expect, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { photo } from '../photos'
import { type Somebody, serverWith } from './server'

const { server, ann, bob } = await serverWith(['ann', 'bob'])
let jpeg: Uint8Array
beforeAll(async () => {
  jpeg = await photo().jpeg().toBuffer()
})

const base64 = (text: string) => Buffer.from(text).toString('base64')
const tus = (who: Somebody, method: string, path: string, headers: Record<string, string> = {}, body?: Uint8Array) =>
  server.fetch(path, {
    method,
    headers: { authorization: `Bearer ${who.token}`, 'tus-resumable': '1.0.0', ...headers },
    ...(body && { body: new Uint8Array(body) }),
  })
const begin = (who: Somebody, headers: Record<string, string> = {}, path = '/api/uploads') =>
  tus(who, 'POST', path, { 'upload-length': String(jpeg.length), ...headers })
const bytes = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }

/** Uploads a photo under a name and returns the name in its download header. */
async function sent(name: string, how: 'tus' | 'form'): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(jpeg)]), name)
  const at =
    how === 'form'
      ? `/api/files/${(await ann.ask('POST /files', form)).id}`
      : await begin(ann, { 'upload-metadata': `filename ${base64(name)}` }).then(async ({ headers }) => {
          const end = await tus(ann, 'PATCH', headers.get('location')!, bytes, jpeg)
          return end.headers.get('content-location')!
        })
  const answer = await tus(ann, 'GET', `${at}/original`)
  expect([answer.status, Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(jpeg))]).toEqual([200, true])
  return answer.headers.get('content-disposition')!
}

test('a file is downloaded under a plain name, whatever it was called', async () => {
  const cases = {
    '사진 1.jpg': "attachment; filename*=UTF-8''%EC%82%AC%EC%A7%84%201.jpg",
    '../../etc/passwd': "attachment; filename*=UTF-8''passwd",
    '..\\..\\C:\\windows\\a.jpg': "attachment; filename*=UTF-8''a.jpg",
    '/': "attachment; filename*=UTF-8''file-",
    '..': "attachment; filename*=UTF-8''file-",
    'a\r\nSet-Cookie: x=y\r\n.jpg': "attachment; filename*=UTF-8''aSet-Cookie%3A%20x%3Dy.jpg",
    'photo\u202egpj.exe': "attachment; filename*=UTF-8''photogpj.exe",
    "o'neill (1)*.jpg": "attachment; filename*=UTF-8''o%27neill%20%281%29%2A.jpg",
    '"; filename=evil.html; x="': "attachment; filename*=UTF-8''%22%3B%20filename%3Devil.html%3B%20x%3D%22",
  }
  for (const [name, header] of Object.entries(cases)) {
    const told = await sent(name, 'tus')
    expect([name, header.endsWith('file-') ? told.replace(/\d+$/, '') : told]).toEqual([name, header])
  }
  // The limit falls in the middle of a character.
  const long = await sent(`${'a'.repeat(199)}😀${'b'.repeat(3000)}.jpg`, 'tus')
  expect(decodeURIComponent(long.split("''")[1]!)).toBe(`${'a'.repeat(199)}😀`)
  expect(await sent('..\\a\u0007b\u2028.jpg', 'form')).toBe("attachment; filename*=UTF-8''ab.jpg")
})

test('invalid, oversized or dangerous upload metadata is refused', async () => {
  const bad = [
    'filename ***',
    '__proto__ eA==',
    'filename eA==,filename eA==,',
    ' ',
    'filename \u00e9',
    'filename eA== eA==',
  ]
  for (const text of bad) {
    const answer = await begin(ann, { 'upload-metadata': text })
    expect([text.slice(0, 30), answer.status]).toEqual([text.slice(0, 30), 400])
  }
  expect((await begin(ann, { 'upload-metadata': `filename ${'A'.repeat(60_000)}` })).status).toBe(431)
  for (const length of ['-1', '1e3', '0x10', '99999999999999999999', ''])
    expect([length, (await begin(ann, { 'upload-length': length })).status]).toEqual([length, 400])
  expect((await begin(ann, { 'upload-length': String(2 ** 50) })).status).toBe(413)
})

test('an upload belongs to its owner, and its id is never used as a path', async () => {
  const at = (await begin(ann)).headers.get('location')!
  const id = at.split('/').at(-1)!
  const own = id.split('-')[0]!
  for (const method of ['HEAD', 'GET', 'PATCH', 'DELETE'])
    expect([method, (await tus(bob, method, at, bytes, method === 'PATCH' ? jpeg : undefined)).status]).toEqual([
      method,
      404,
    ])
  const tricks = [
    `${own}-..%2f..%2fsecrets.json`,
    `${own}-%2e%2e%2fpinhole.sqlite`,
    '..%2fsecrets.json',
    `${id}.json`,
    `${own}-%00`,
    `${own}-`,
    `${own}-${'a'.repeat(3000)}`,
    `${id}%2f..%2f${id}`,
  ]
  for (const trick of tricks)
    for (const method of ['HEAD', 'GET', 'PATCH', 'DELETE']) {
      const { status } = await tus(ann, method, `/api/uploads/${trick}`, bytes, method === 'PATCH' ? jpeg : undefined)
      expect([method, trick.slice(0, 40), status]).toEqual([method, trick.slice(0, 40), 404])
    }
  expect((await tus(ann, 'HEAD', at)).headers.get('upload-offset')).toBe('0')
  expect(readdirSync(server.dir)).toContain('secrets.json')
})

test('every way to start an upload counts towards the limit', async () => {
  await server.boss.ask('PATCH /admin/settings', { limits: { uploads: 4 } })
  const cat = await server.signUp('cat')
  const ways = ['/api/uploads', '/api/uploads/', '/uploads', '/uploads/']
  const count = () => readdirSync(join(server.dir, 'uploads')).length
  for (const path of ways) await begin(cat, {}, path)
  const before = count()
  for (const path of ways) expect([path, (await begin(cat, {}, path)).status]).toEqual([path, 429])
  for (const method of ['GET', 'PUT', 'PATCH', 'OPTIONS', 'DELETE'])
    await tus(cat, method, '/api/uploads', { 'upload-length': '10', 'x-http-method-override': 'POST' })
  expect(count()).toBe(before)
})

test('an upload does not use the reserved disk space, even if the disk fills up while it runs', async () => {
  await server.boss.ask('PATCH /admin/settings', { limits: { uploads: 300 } })
  const at = (await begin(bob)).headers.get('location')!
  await server.boss.ask('PATCH /admin/settings', { minFreeMb: 1_000_000_000 })
  const answer = await tus(bob, 'PATCH', at, bytes, jpeg)
  expect([answer.status, (await answer.json()).code]).toEqual([507, 'storage_full'])
  await server.boss.ask('PATCH /admin/settings', { minFreeMb: null })
  expect((await tus(bob, 'PATCH', at, bytes, jpeg)).status).toBe(204)
})

test('unfinished uploads count towards the quota', async () => {
  await server.boss.ask('PATCH /admin/settings', { quotaMb: 2 })
  const dan = await server.signUp('dan')
  const half = { 'upload-length': String(1.5 * 1024 ** 2) }
  const first = (await begin(dan, half)).headers.get('location')!
  expect((await tus(dan, 'PATCH', first, bytes, new Uint8Array(1024 ** 2))).status).toBe(204)
  const second = await begin(dan, half)
  expect([second.status, (await second.json()).code]).toEqual([413, 'quota_exceeded'])
  expect((await tus(dan, 'DELETE', first)).status).toBe(204)
  expect((await begin(dan, half)).status).toBe(201)
  await server.boss.ask('PATCH /admin/settings', { quotaMb: null })
})

test('a request with thousands of ranges gets the whole file or an error', async () => {
  const id = await ann.upload(jpeg, 'a.jpg')
  const post = await ann.published((await ann.ask('POST /posts', { fileIds: [id] })).id)
  for (const path of [`/api/files/${id}/original`, post.files[0].renditions.feed.url]) {
    for (const range of [Array.from({ length: 3000 }, (_, i) => `${i}-${i}`).join(','), '0-,0-,0-', 'a-b', '5-1', '-'])
      await tus(ann, 'GET', path, { range: `bytes=${range}` }).then(async (answer) => {
        const { length } = await answer.bytes()
        expect([range.slice(0, 20), answer.status < 500, length <= jpeg.length || answer.status === 431]).toEqual([
          range.slice(0, 20),
          true,
          true,
        ])
      })
    expect((await tus(ann, 'GET', path, { range: 'bytes=0-3' })).status).toBe(206)
  }
})
