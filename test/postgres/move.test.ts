import { expect, test } from 'bun:test'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspectDatabase } from '../../src/db/snapshot'
import { testApp } from '../harness'
import { market } from '../market'
import { pinhole } from '../process'
import { dropDatabase, emptyDatabase, postgresEnv } from './databases'

const emptied = async () => {
  const url = await emptyDatabase()
  return { url, [Symbol.asyncDispose]: () => dropDatabase(url) }
}

test('a community moves to PostgreSQL and back with everything in it, and each copy is compared and audited', async () => {
  await using place = await emptied()
  using m = await market()
  const folder = mkdtempSync(join(tmpdir(), 'pinhole-move-'))
  const back = join(folder, 'back')
  const post = await m.post(m.ann, { caption: 'Sunset at the harbour #sea 김민수', price: 30 })
  await m.grant(m.bob, 100)
  await m.buy(m.bob, post)
  await m.api(m.eve, `POST /posts/${post.id}/comments`, { text: 'wonderful' })
  await m.runJobs()
  m.app.close()

  const moved = await pinhole(['move', '--to', place.url, '--data', m.dir, '--json'], {
    env: { PINHOLE_DATABASE_URL: '' },
  })
  expect(moved).toMatchObject({ status: 0, err: '' })
  const { tables } = JSON.parse(moved.out)
  expect(tables).toMatchObject({ posts: 1, purchases: 1, comments: 1, users: 4 })

  cpSync(m.dir, join(folder, 'node'), { recursive: true })
  {
    using node = await testApp({}, join(folder, 'node'), place.url)
    expect((await node.api(m.bob, `GET /posts/${post.id}`)).body).toMatchObject({
      locked: false,
      viewer: { bought: true },
    })
    for (const word of ['harb', 'ㄱㅁㅅ', 'sea']) {
      const found = await node.api(m.bob, `GET /search?q=${encodeURIComponent(word)}`)
      expect([word, found.body.posts.items.length]).toEqual([word, 1])
    }
    expect((await node.post(m.ann)).id).toBeGreaterThan(post.id)
    const again = await pinhole(['move', '--to', place.url, '--data', m.dir], { env: { PINHOLE_DATABASE_URL: '' } })
    expect(again).toMatchObject({ status: 1, err: expect.stringContaining('Choose an empty one') })
  }

  const env = postgresEnv(place.url)
  const copy = await pinhole(['backup', join(folder, 'copy.tar'), '--data', join(folder, 'node')], { env })
  expect(copy).toMatchObject({ status: 0 })
  const returned = await pinhole(['move', '--to', back, '--data', join(folder, 'node'), '--json'], { env })
  expect(returned).toMatchObject({ status: 0, err: '' })
  expect(inspectDatabase(join(back, 'pinhole.sqlite'))).toMatchObject({
    broken: [],
    orphans: 0,
    missingMigrations: [],
  })
  {
    using home = await testApp({}, back)
    expect((await home.api(m.bob, 'GET /search?q=harb')).body.posts.items).toHaveLength(1)
    expect((await home.api(m.bob, 'GET /coins')).body.balance).toBe(70)
  }
  rmSync(folder, { recursive: true })
})
