import { expect, test } from 'bun:test'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { As, Json } from '../../test/harness'
import { bytes, filename, jpeg, tus, withAnn } from '../../test/tus-app'

const MB = 1024 ** 2

test('OPTIONS is answered to everybody, in what a request has to say and in all answers the version is told', async () => {
  using t = await withAnn()
  const offer = await t.request('/api/uploads', { method: 'OPTIONS' })
  expect([offer.status, offer.headers.get('allow'), Number(offer.headers.get('tus-max-size'))]).toEqual([
    204,
    'POST, OPTIONS',
    t.app.settings().maxUploadMb * MB,
  ])
  expect(offer.headers.get('tus-checksum-algorithm')).toStartWith('sha1')
  const at = await t.start()
  for (const headers of [{}, { 'tus-resumable': '0.2.2' }]) {
    const refused = await t.request(at, {
      method: 'PATCH',
      as: t.ann,
      headers: { ...bytes, 'tus-resumable': '', ...headers },
    })
    expect([refused.status, refused.headers.get('tus-version'), refused.headers.get('tus-resumable')]).toEqual([
      412,
      '1.0.0',
      '1.0.0',
    ])
  }
  const stranger = await t.request('/api/uploads', { method: 'POST', headers: { ...tus, 'upload-length': '9' } })
  expect([stranger.status, stranger.headers.get('tus-resumable'), stranger.headers.get('www-authenticate')]).toEqual([
    401,
    '1.0.0',
    'Bearer',
  ])
  const wrong = await t.request(at, { method: 'PUT', as: t.ann, headers: tus })
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, PATCH, DELETE, OPTIONS'])
})

test('a POST stands in for another method', async () => {
  using t = await withAnn()
  const at = await t.start()
  const post = (override: string, headers: Record<string, string> = tus, body?: Uint8Array) =>
    t.request(at, {
      method: 'POST',
      as: t.ann,
      headers: { ...headers, 'x-http-method-override': override },
      ...(body && { body }),
    })
  const sent = await post('PATCH', { ...bytes, 'upload-offset': '0' }, jpeg.subarray(0, 100))
  expect([sent.status, sent.headers.get('upload-offset')]).toEqual([204, '100'])
  expect((await post('head')).headers.get('upload-offset')).toBe('100')
  expect((await post('GET')).status).toBe(405)
  expect([(await post('DELETE')).status, (await t.head(at)).status]).toEqual([204, 404])
})

test('bytes of another type, in an encoding or without an offset are refused, and what is too long is told so', async () => {
  using t = await withAnn()
  const at = await t.start()
  const send = async (headers: Record<string, string>, body = jpeg) => {
    const answer = await t.request(at, { method: 'PATCH', as: t.ann, headers: { ...tus, ...headers }, body })
    return [answer.status, (await answer.json()).code, answer.headers.get('tus-resumable')]
  }
  expect(await send({ 'content-type': 'image/jpeg', 'upload-offset': '0' })).toEqual([
    415,
    'unsupported_media',
    '1.0.0',
  ])
  expect(await send({ ...bytes, 'content-encoding': 'gzip', 'upload-offset': '0' })).toEqual([
    415,
    'unsupported_media',
    '1.0.0',
  ])
  expect(await send(bytes)).toEqual([400, 'unreadable', '1.0.0'])
  const longer = new Uint8Array(jpeg.length + 5)
  for (const length of [{ 'content-length': String(longer.length) }, {}])
    expect(await send({ ...bytes, 'upload-offset': '0', ...length }, longer)).toEqual([413, 'beyond_length', '1.0.0'])
})

test('an unfinished upload says when it is deleted, and bytes with another hash are not kept', async () => {
  using t = await withAnn()
  const at = await t.start()
  expect(+new Date((await t.head(at)).headers.get('upload-expires')!)).toBeGreaterThan(Date.now())
  const part = jpeg.subarray(0, 100)
  const send = (sum: string) =>
    t.request(at, {
      method: 'PATCH',
      as: t.ann,
      headers: { ...bytes, 'upload-offset': '0', 'upload-checksum': sum },
      body: part,
    })
  const digest = (algorithm: 'sha1' | 'sha256', of: Uint8Array) =>
    `${algorithm} ${new Bun.CryptoHasher(algorithm).update(of).digest('base64')}`
  const wrong = await send(digest('sha1', jpeg))
  expect([wrong.status, (await wrong.json()).title, (await t.head(at)).headers.get('upload-offset')]).toEqual([
    460,
    'Checksum Mismatch',
    '0',
  ])
  expect((await send('crc32 abcd')).status).toBe(400)
  expect((await send(digest('sha1', part))).headers.get('upload-offset')).toBe('100')
  const headers = { ...bytes, 'upload-offset': '100', 'upload-checksum': digest('sha256', jpeg.subarray(100)) }
  const whole = await t.request(at, { method: 'PATCH', as: t.ann, headers, body: jpeg.subarray(100) })
  expect([whole.status, whole.headers.get('content-location')]).toEqual([204, '/api/files/1'])
  expect(await readdir(join(t.dir, 'work')).catch(() => [])).toEqual([])
})

test('parts that arrived side by side become one file, and the request for it can be repeated', async () => {
  using t = await withAnn()
  const part = async (bytesOfPart: Uint8Array<ArrayBuffer>, send = bytesOfPart) => {
    const made = await t.create({ 'upload-length': String(bytesOfPart.length), 'upload-concat': 'partial' })
    const at = made.headers.get('location')!
    expect((await t.send(at, 0, send)).headers.get('content-location')).toBeNull()
    return at
  }
  const parts = [await part(jpeg.subarray(0, 100)), await part(jpeg.subarray(100))]
  const looked = await t.head(parts[0]!)
  expect([looked.headers.get('upload-concat'), looked.headers.get('content-location')]).toEqual(['partial', null])
  const join = (list: string[], as: As = t.ann) =>
    t.create({ ...filename, 'upload-concat': `final;${list.join(' ')}` }, undefined, as)
  expect((await join(parts, t.bob)).status).toBe(404)
  const unfinished = await part(jpeg, jpeg.subarray(0, 50))
  expect((await join([unfinished])).status).toBe(409)
  const made = await join(parts)
  const at = made.headers.get('location')!
  expect([made.status, made.headers.get('content-location')]).toEqual([201, '/api/files/1'])
  expect((await join(parts)).headers.get('content-location')).toBe('/api/files/1')
  const original = await t.request('/api/files/1/original', { as: t.ann })
  expect(new Uint8Array(await original.arrayBuffer())).toEqual(jpeg)
  expect((await t.api(t.ann, 'GET /files/1')).body.name).toBe('photo of mine.jpg')
  const again = await t.head(at)
  expect([again.headers.get('upload-concat'), again.headers.get('upload-offset')]).toEqual([
    `final;${parts.join(' ')}`,
    String(jpeg.length),
  ])
  expect((await t.send(at, jpeg.length, new Uint8Array())).status).toBe(403)
  for (const each of parts) expect((await t.head(each)).status).toBe(404)
  expect((await t.api(t.ann, 'GET /files')).body.items.length).toBe(1)
  const nameless = await t.create({ 'upload-concat': `final;${await part(jpeg)}` })
  expect([nameless.status, (await t.api(t.ann, 'GET /files/2')).body.name]).toEqual([201, ''])
  const broken = await t.create({ 'upload-concat': `final;${await part(jpeg)}`, 'upload-metadata': 'a b c' })
  expect(broken.status).toBe(400)
})

test('parts that are named twice, or by several requests at once, bring no bytes that were not sent', async () => {
  using t = await withAnn()
  const part = async (of: Uint8Array<ArrayBuffer>) => {
    const made = await t.create({ 'upload-length': String(of.length), 'upload-concat': 'partial' })
    const at = made.headers.get('location')!
    await t.send(at, 0, of)
    return at
  }
  const join = async (list: string[]) => {
    const answer = await t.create({ ...filename, 'upload-concat': `final;${list.join(' ')}` })
    return [answer.status, (await answer.json().catch(() => ({}))).code]
  }
  const [one, two] = [await part(jpeg), await part(jpeg)]
  expect(await join([one, two, one])).toEqual([400, 'unreadable'])
  const lists = [[one, two], [two, one], [one], [two]]
  const answers = await Promise.all(lists.map(join))
  expect(new Set(answers.map(([status]) => status))).toEqual(new Set([201, 404]))
  const joined = lists.filter((_, i) => answers[i]![0] === 201)
  expect(joined.flat().toSorted()).toEqual([one, two].toSorted()) // whichever request came first
  const { items } = (await t.api(t.ann, 'GET /files')).body
  const total = items.reduce((sum: number, { bytes }: Json) => sum + bytes, 0)
  expect([items.length, total]).toEqual([joined.length, 2 * jpeg.length])
})
