import { expect, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Json } from '../harness'
import { noise } from '../photos'
import { dropDatabase, emptyDatabase, postgresEnv } from '../postgres/databases'
import { startS3 } from '../s3'
import { until } from '../until'
import { emptyFolder } from './executable'
import { patientClient } from './patient'
import { roundRobin } from './round-robin'
import { password, scriptOf, setUp, signIn } from './script'

/** Two built servers on empty data folders, one empty database and one empty bucket, behind a proxy. */
async function cluster() {
  const [url, s3, place] = [await emptyDatabase(), await startS3(), await emptyFolder()]
  const env = {
    ...postgresEnv(url),
    PINHOLE_S3_URL: s3.url,
    PINHOLE_RATE_LIMITS: 'off',
    PINHOLE_MIN_FREE_MB: '1',
    PINHOLE_LOG: 'json',
  }
  const names = ['one', 'two']
  const serve = (node: number) => place.serve({ data: names[node]!, env })
  const up: (Awaited<ReturnType<typeof serve>> | undefined)[] = await Promise.all([serve(0), serve(1)])
  const { setupUrl } = up[0]!
  const proxy = roundRobin((node) => up[node]?.address, names.length)
  return {
    proxy,
    setupUrl,
    env,
    run: (args: string[]) => place.run([...args, '--data', 'one', '--json'], { env }),
    addresses: () => up.map((node) => node!.address),
    async kill(node: number) {
      const server = up[node]!
      await server.stop('SIGKILL')
      up[node] = undefined
    },
    async start(node: number) {
      up[node] = await serve(node)
    },
    async stop() {
      for (const node of up) expect((await node?.stop())?.status).toBe(0)
    },
    /** The objects in the bucket. */
    stored: () =>
      readdirSync(s3.directory, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('_object')),
    folders: () => names.map((name) => readdirSync(join(place.folder, name))),
    async [Symbol.asyncDispose]() {
      proxy.stop()
      await place[Symbol.asyncDispose]()
      await s3[Symbol.asyncDispose]()
      await dropDatabase(url)
    },
  }
}

const firstFile = (post: Json) => post.files[0].renditions.full.url as string

test('two servers that start in empty folders are one community, and books agree after either is killed', async () => {
  await using c = await cluster()
  const { address } = c.proxy
  const boss = await setUp({ address, setupUrl: c.setupUrl })
  const visitor = scriptOf(address)
  const tokens: Record<string, string> = {}
  for (const handle of ['ann', 'bob', 'eve']) {
    const { token } = await boss.ask('POST /invites', {})
    await visitor.ask('POST /users', { handle, password, invite: token })
    tokens[handle] = (await visitor.ask('POST /sessions', { handle, password })).token
  }
  const at = (server: string, handle: string) => scriptOf(server, tokens[handle])
  const [ann, bob] = [at(address, 'ann'), at(address, 'bob')]
  const onBoth = (handle: string) => c.addresses().map((server) => at(server, handle))
  for (const fan of ['bob', 'eve']) await at(address, fan).ask('PUT /follows/ann')

  // One uploads: the pieces meet both servers.
  const uploader = patientClient(address, tokens.ann!)
  const original = await noise()
  const fileId = await uploader.upload(original, 'sea.jpg')
  const patched = c.proxy.passed.filter(({ method }) => method === 'PATCH').map(({ node }) => node)
  expect([patched.includes(0), patched.includes(1)]).toEqual([true, true])
  const { id } = await ann.ask('POST /posts', { caption: 'Two harbours', price: 30, fileIds: [fileId] })
  await ann.published(id)
  expect(Buffer.from(await (await bob.fetch(`/api/files/${fileId}/original`)).arrayBuffer()).equals(original)).toBe(
    false,
  )

  // The other shows and sells.
  await boss.ask('POST /admin/users/bob/grants', { coins: 1000 })
  for (const node of onBoth('bob'))
    await until('the post is in the inbox', async () => (await node.ask('GET /inbox')).unread === 1)
  const [first, second] = onBoth('bob')
  await first!.ask(`PUT /library/${id}`, { price: 30 })
  expect((await second!.ask(`GET /posts/${id}`)).locked).toBe(false)
  const link = firstFile(await second!.ask(`GET /posts/${id}`))
  for (const node of onBoth('bob')) expect((await node.fetch(link)).status).toBe(200)
  for (const node of onBoth('eve'))
    expect([(await node.ask(`GET /posts/${id}`)).locked, (await node.fetch(link)).status]).toEqual([true, 403])

  // What one takes back, the other takes back.
  await ann.ask(`POST /library/${id}/refunds`, { handle: 'bob' })
  for (const node of onBoth('bob'))
    await until('the link is revoked', async () => (await node.fetch(link)).status === 410)
  const phone = await signIn(address, 'bob')
  const { token: other } = await visitor.ask('POST /sessions', { handle: 'bob', password })
  await phone.ask('DELETE /sessions/current')
  expect((await scriptOf(c.addresses()[0]!, other).call('DELETE /sessions/current')).status).toBe(204)
  await until(
    'the session has ended',
    async () => (await scriptOf(c.addresses()[1]!, other).call('GET /users/account')).status === 401,
  )
  await ann.ask(`DELETE /posts/${id}`)
  await until('the bytes are erased', () => !c.stored().some((path) => path.includes(`media/${fileId}/`)))

  // Either is killed at any moment while everything goes on.
  const people = {
    boss: patientClient(address, (await visitor.ask('POST /sessions', { handle: 'boss', password })).token),
    bob: patientClient(address, tokens.bob!),
    ann: uploader,
  }
  let isOver = false
  const told = { granted: 1000, tipped: 0, bought: 0 }
  const repeat = async (act: () => Promise<void>) => {
    while (!isOver) await act()
  }
  const talk = await ann.ask('POST /posts', {
    caption: 'Talk',
    fileIds: [await uploader.upload(await noise(), 'talk.jpg')],
  })
  const posts: { id: number; fileId: number; bytes: Buffer }[] = []
  const work = [
    repeat(async () => {
      expect((await people.boss.once('POST /api/admin/users/bob/grants', { coins: 3 })).status).toBe(201)
      told.granted += 3
    }),
    repeat(async () => {
      expect((await people.bob.once('POST /api/coins/tips', { handle: 'ann', coins: 1 })).status).toBe(201)
      told.tipped++
    }),
    repeat(async () => {
      const bytes = await noise()
      const fileId = await people.ann.upload(bytes, 'more.jpg')
      const { status, body } = await people.ann.once('POST /api/posts', { price: 2, fileIds: [fileId] })
      expect(status).toBe(201)
      posts.push({ id: body.id, fileId, bytes })
    }),
    repeat(async () => {
      const wanted = posts[told.bought]
      if (wanted) {
        const { status } = await people.bob.call(`PUT /api/library/${wanted.id}`, { json: { price: 2 } })
        if (status === 200 || status === 201) told.bought++
        else expect(status).toBe(404) // it is not published yet
      }
      await Bun.sleep(20)
    }),
  ]
  for (const node of [0, 1, 1, 0]) {
    const before = told.tipped
    await Bun.sleep(100 + Math.random() * 300)
    await c.kill(node)
    await until('the other server goes on', () => told.tipped > before + 3)
    await c.start(node)
  }
  isOver = true
  await Promise.all(work)

  for (const node of onBoth('bob')) {
    const { balance } = await node.ask('GET /coins')
    expect([balance, told.tipped > 0, posts.length > 0]).toEqual([
      told.granted - told.tipped - 2 * told.bought,
      true,
      true,
    ])
  }
  for (const post of [talk, ...posts]) {
    const isPublished = async () => (await ann.call(`GET /posts/${post.id}`)).body.status === 'published'
    await until('the post is published', isPublished) // a job goes on when the lease of a dead server ends
  }
  for (const { fileId, bytes } of posts) {
    const got = await (await ann.fetch(`/api/files/${fileId}/original`)).arrayBuffer()
    expect(Buffer.from(got).equals(bytes)).toBe(true)
  }
  expect(JSON.parse((await c.run(['audit'])).out)).toMatchObject({ ok: true, files: posts.length + 1, faults: [] })
  await until('all is delivered', async () => (await bob.ask('GET /inbox')).unread === posts.length + 1)
  expect(JSON.parse((await c.run(['rebuild-inboxes'])).out)).toMatchObject({ added: 0, removed: 0 })
  for (const names of c.folders()) expect(names).not.toContain('pinhole.sqlite')
  await c.stop()
})
