import { expect, test } from 'bun:test'
import { join } from 'node:path'
import sharp from 'sharp'
import type { Json } from '../harness'
import { cornersOff, photo } from '../photos'
import { until } from '../until'
import { emptyFolder, type Place } from './executable'
import { password, type Script, scriptOf, setUp, signIn } from './script'

const PRICE = 30

/** A server without other programs on its PATH, on which Ann, Bob and Eve have accounts. */
async function opened(place: Place) {
  const server = await place.serve({ env: { PATH: join(place.folder, 'nothing') } })
  const boss = await setUp(server)
  const people: Script[] = []
  for (const handle of ['ann', 'bob', 'eve']) {
    const { token } = await boss.ask('POST /invites', {})
    await scriptOf(server.address).ask('POST /users', { handle, password, invite: token })
    people.push(await signIn(server.address, handle))
  }
  const [ann, bob, eve] = people as [Script, Script, Script]
  return { server, boss, ann, bob, eve, visitor: scriptOf(server.address) }
}

const urlsOf = (post: Json): string[] =>
  post.files.flatMap(({ renditions }: Json) => Object.values(renditions).map(({ url }: Json) => url))
const bytesOf = async (script: Script, url: string) => {
  const answer = await script.fetch(url)
  return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) }
}

/** All pictures that a person can get from any response about the post and by changing the links in it. */
async function picturesFor(script: Script, id: number, fileIds: number[], others: string[]) {
  const pages = [
    '',
    '/inbox',
    '/notifications',
    '/library',
    `/posts/${id}`,
    `/library/${id}`,
    '/users/ann',
    '/users/ann/posts',
    '/posts',
  ]
  const links = new Set(others)
  for (const path of [...pages, ...pages.map((page) => `/api${page}`)])
    for (const [link] of (await (await script.fetch(path || '/')).text()).matchAll(/\/media\/[\w./-]+/g)) {
      links.add(link)
      for (const rendition of [
        'full/full.webp',
        'full/feed.webp',
        'full/thumb.webp',
        'preview/../full/full.webp',
        'original',
      ])
        links.add(link.replace(/(preview|full)\/[\w.]+$/, rendition))
    }
  for (const fileId of fileIds) for (const path of ['', '/original']) links.add(`/api/files/${fileId}${path}`)
  const got: Uint8Array[] = []
  for (const link of links) {
    const { status, bytes } = await bytesOf(script, link)
    if (status === 200) got.push(bytes)
    else expect([link, [303, 401, 403, 404, 410].includes(status)]).toEqual([link, true])
  }
  return got
}

/** Expects that the person gets nothing but blurred previews, which contain no detail. */
async function expectNothing(script: Script, id: number, fileIds: number[], others: string[]) {
  for (const bytes of await picturesFor(script, id, fileIds, others)) {
    const { width, height } = await sharp(bytes).metadata()
    expect(Math.max(width, height)).toBeLessThanOrEqual(32)
  }
}

test('a paid post is bought with a voucher and kept whatever its author does, and no one else gets a byte', async () => {
  await using place = await emptyFolder()
  const { server, boss, ann, bob, eve, visitor } = await opened(place)
  for (const fan of [bob, eve]) await fan.ask('PUT /follows/ann')
  const fileIds = [
    await ann.upload(await photo({ width: 600, height: 400 }).jpeg({ quality: 95 }).toBuffer(), 'a.jpg'),
    await ann.upload(await photo({ width: 600, height: 400 }).png().toBuffer(), 'b.png'),
  ]
  const { id } = await ann.ask('POST /posts', { caption: 'Only for you', price: PRICE, fileIds })
  await ann.published(id)
  await until('it is delivered', async () => (await bob.ask('GET /inbox')).items.length === 1)

  const shown = await bob.ask(`GET /posts/${id}`)
  expect(shown).toMatchObject({ locked: true, price: PRICE, caption: 'Only for you', viewer: { bought: false } })
  for (const file of shown.files) {
    expect(file).toMatchObject({
      kind: 'image',
      width: 600,
      height: 400,
      altText: null,
      placeholder: expect.stringMatching(/^data:image\//),
    })
    expect(Object.keys(file.renditions)).toEqual(['blurred'])
  }
  for (const script of [bob, eve, visitor]) await expectNothing(script, id, fileIds, urlsOf(shown))
  expect(await bob.call(`PUT /library/${id}`, { price: PRICE })).toMatchObject({
    status: 402,
    body: { balance: 0, price: PRICE },
  })

  const made = await place.run(['vouchers', 'create', '--coins', '50'])
  expect([made.status, made.out]).toEqual([0, expect.stringMatching(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\n$/)])
  const code = made.out.trim()
  expect(await bob.ask('POST /coins/redemptions', { code: code.toLowerCase() })).toEqual({ coins: 50, balance: 50 })
  expect((await eve.call('POST /coins/redemptions', { code })).body.code).toBe('already_redeemed')

  const bought = await bob.ask(`PUT /library/${id}`, { price: PRICE })
  expect(bought).toMatchObject({ locked: false, pricePaid: PRICE, viewer: { bought: true } })
  expect([await bob.ask('GET /coins'), await ann.ask('GET /coins')]).toEqual([
    { balance: 20, earned: 0, reserved: 0 },
    { balance: 30, earned: 30, reserved: 0 },
  ])
  expect((await ann.ask('GET /notifications')).items[0]).toMatchObject({
    kind: 'purchase',
    coins: PRICE,
    actors: [{ handle: 'bob' }],
  })
  const links = [...urlsOf(bought), ...urlsOf(await ann.ask(`GET /posts/${id}`))]

  const expectReads = async () => {
    const [post] = (await bob.ask('GET /library')).items
    for (const { renditions } of post.files)
      for (const name of ['thumb', 'feed', 'full']) {
        const { status, bytes } = await bytesOf(bob, renditions[name].url)
        expect([status, (await cornersOff(bytes)) < 30]).toEqual([200, true])
      }
  }
  await expectReads()
  const sizes = (await picturesFor(bob, id, fileIds, [])).map(async (bytes) => (await sharp(bytes).metadata()).width)
  expect(await Promise.all(sizes)).toContain(600) // this search does find pictures that are there
  for (const script of [eve, visitor, boss]) await expectNothing(script, id, fileIds, links)

  await ann.ask(`DELETE /posts/${id}`)
  expect((await eve.call(`GET /posts/${id}`)).status).toBe(404)
  expect((await eve.call(`PUT /library/${id}`, { price: PRICE })).status).toBe(404)
  await expectReads()
  await ann.ask('DELETE /users/account', { password, immediately: true })
  await expectReads()
  for (const script of [eve, visitor, boss])
    await expectNothing(script, id, fileIds, [...links, ...urlsOf((await bob.ask('GET /library')).items[0])])

  const audited = await place.run(['audit', '--json'])
  expect([audited.status, JSON.parse(audited.out)]).toEqual([
    0,
    { ok: true, transfers: 3, accounts: 4, files: 2, faults: [] },
  ])
  expect((await server.stop()).status).toBe(0)
  expect((await place.run(['audit'])).status).toBe(0)
})
