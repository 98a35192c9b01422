import { expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CORNERS, chunksOf, cornersOff, fixture, photo } from '../photos'
import { emptyFolder } from './executable'
import { password, scriptOf, setUp, signIn } from './script'

/** The four colours as an upright phone photo shows them. The HEIC was taken with the camera turned. */
const TURNED = [2, 0, 3, 1].map((i) => CORNERS[i]!)
const METADATA = ['EXIF', 'XMP ', 'ICCP']

test('the story from the first link to the photo on a follower’s screen, and from a backup again', async () => {
  await using place = await emptyFolder()
  const server = await place.serve()
  const boss = await setUp(server)
  expect((await boss.ask('GET /users/account')).role).toBe('admin')

  const visitor = scriptOf(server.address)
  for (const handle of ['ann', 'bob']) {
    const { token } = await boss.ask('POST /invites', {})
    await visitor.ask('POST /users', { handle, password, invite: token })
    expect((await visitor.call('POST /users', { handle: `${handle}2`, password, invite: token })).status).toBe(410)
  }
  const [ann, bob] = [await signIn(server.address, 'ann'), await signIn(server.address, 'bob')]
  await bob.ask('PUT /follows/ann')

  const shots: [string, Uint8Array][] = [
    ['plain.jpg', await photo({ width: 600, height: 400 }).jpeg({ quality: 95 }).toBuffer()],
    ['rotated.jpg', await photo({ width: 600, height: 400, orientation: 6 }).jpeg({ quality: 95 }).toBuffer()],
    ['IMG_0001.HEIC', await fixture('rotated-p3.heic')],
  ]
  const fileIds: number[] = []
  for (const [name, bytes] of shots) fileIds.push(await ann.upload(bytes, name))
  const { id } = await ann.ask('POST /posts', { caption: 'Three from the phone', fileIds })
  await ann.published(id)

  const [first] = (await bob.ask('GET /posts')).items
  expect([first.id, first.caption, first.author.handle, first.files.length]).toEqual([
    id,
    'Three from the phone',
    'ann',
    3,
  ])
  expect((await bob.ask('GET /inbox')).unread).toBe(1)
  const { items } = await bob.ask('GET /inbox')
  const upright = items[0].files.map(({ width, height }: { width: number; height: number }) => [width, height])
  expect(upright).toEqual([
    [600, 400],
    [600, 400],
    [96, 128],
  ])
  for (const [i, file] of items[0].files.entries()) {
    const shown = i < 2 ? CORNERS : TURNED
    for (const name of ['thumb', 'feed', 'full']) {
      const answer = await bob.fetch(file.renditions[name].url)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      expect([answer.status, answer.headers.get('content-type'), (await cornersOff(bytes, shown)) < 30]).toEqual([
        200,
        'image/webp',
        true,
      ])
      expect(chunksOf(bytes).filter((kind) => METADATA.includes(kind))).toEqual([])
    }
  }
  const page = await (await bob.fetch('/')).text()
  expect([page.includes('Three from the phone'), page.includes('srcset=')]).toEqual([true, true])

  const link = items[0].files[0].renditions.feed.url
  expect([
    (await visitor.call('GET /posts')).status,
    (await visitor.fetch(link)).status,
    (await ann.fetch(link)).status,
  ]).toEqual([401, 403, 403])
  const redirect = await visitor.fetch(`/posts/${id}`)
  expect([redirect.status, redirect.headers.get('location')]).toEqual([303, `/sessions/new?next=%2Fposts%2F${id}`])
  expect((await visitor.fetch('/sessions/new')).status).toBe(200)

  const backup = await place.run(['backup', 'copy.tar'])
  expect([backup.status, backup.err]).toEqual([0, ''])
  await ann.ask(`DELETE /posts/${id}`)
  expect((await server.stop()).status).toBe(0)

  const restored = await place.run(['restore', 'copy.tar', '--data', 'second'])
  expect([restored.status, restored.err]).toEqual([0, ''])
  const examined = await place.run(['doctor', '--data', 'second'], { env: { PINHOLE_MIN_FREE_MB: '1' } })
  expect([examined.status, examined.out]).toEqual([0, expect.stringContaining('No problems found')])
  const second = await place.serve({ data: 'second' })
  const back = await signIn(second.address, 'bob')
  const again = (await back.ask('GET /inbox')).items
  expect([again.map(({ caption }: { caption: string }) => caption), again[0].files.length]).toEqual([
    ['Three from the phone'],
    3,
  ])
  const bytes = await (await back.fetch(again[0].files[2].renditions.full.url)).arrayBuffer()
  expect(await cornersOff(new Uint8Array(bytes), TURNED)).toBeLessThan(30)
  await second.stop()
  expect(existsSync(join(place.folder, 'node_modules'))).toBe(false)
})
