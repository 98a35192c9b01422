import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { inspectDatabase } from '../../src/db/snapshot'
import { testApp } from '../harness'
import { market } from '../market'
import { pinhole, spawnPinhole } from '../process'
import { dropDatabase, emptyDatabase, postgresEnv } from './databases'

const FOLLOWERS = 20_000
const onSqlite = { env: { PINHOLE_DATABASE_URL: '' } }

/** A community that takes some time to copy, without a server, and an empty database. */
async function community() {
  const url = await emptyDatabase()
  const m = await market()
  m.addFollowers(m.ann.id, FOLLOWERS)
  const client = new Client(url)
  await client.connect()
  return {
    ...m,
    url,
    client,
    move: () => pinhole(['move', '--to', url, '--data', m.dir], onSqlite),
    rows: async (table: string) => Number((await client.query(`select count(*) from ${table}`)).rows[0].count),
    /** Kills a copy to PostgreSQL after its first thousands of rows. */
    async killMove() {
      const child = spawnPinhole(['move', '--to', url, '--data', m.dir], onSqlite)
      const isUnderway = () =>
        client.query("select from moving where name = 'users' and rows > 0").then(
          ({ rowCount }) => Boolean(rowCount),
          () => false, // nothing is there yet
        )
      while (!(await isUnderway())) await Bun.sleep(2)
      child.kill('SIGKILL')
      await child.exited
    },
    async [Symbol.asyncDispose]() {
      m[Symbol.dispose]()
      await client.end()
      await dropDatabase(url)
    },
  }
}

test('a move that is killed goes on where it was, in both directions, and no server starts on a part', async () => {
  await using c = await community()
  const folder = mkdtempSync(join(tmpdir(), 'pinhole-move-'))
  const back = join(folder, 'back')
  try {
    const post = await c.post(c.ann)
    c.app.close()
    await c.killMove()
    const before = await c.rows('users')
    expect(before > 0 && before < FOLLOWERS).toBe(true)
    await expect(testApp({}, folder, c.url)).rejects.toThrow('has not finished. Run pinhole move again')
    expect(await c.move()).toMatchObject({ status: 0, err: expect.stringContaining('This one goes on with it.') })
    expect([await c.rows('users'), await c.rows('follows')]).toEqual([FOLLOWERS + 4, FOLLOWERS])

    const env = postgresEnv(c.url)
    const child = spawnPinhole(['move', '--to', back, '--data', c.dir], { env })
    const draft = join(back, 'pinhole.sqlite.moving')
    while (!rowsOf(draft)) await Bun.sleep(2)
    child.kill('SIGKILL')
    await child.exited
    expect(existsSync(join(back, 'pinhole.sqlite'))).toBe(false)
    const again = await pinhole(['move', '--to', back, '--data', c.dir], { env })
    expect(again).toMatchObject({ status: 0, err: expect.stringContaining('This one goes on with it.') })
    const { broken, orphans, missingMigrations } = inspectDatabase(join(back, 'pinhole.sqlite'))
    expect([broken, orphans, missingMigrations]).toEqual([[], 0, []])
    const original = `media/${post.files[0].id}/original`
    expect(readFileSync(join(back, original))).toEqual(readFileSync(join(c.dir, original)))
    using home = await testApp({}, back)
    expect((await home.api(c.bob, 'GET /users/ann')).body.id).toBe(c.ann.id)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/** How many people an unfinished copy holds. */
function rowsOf(draft: string): number {
  if (!existsSync(draft)) return 0
  try {
    using db = new Database(draft, { readonly: true })
    return (db.query("select rows from moving where name = 'users'").get() as { rows: number } | null)?.rows ?? 0
  } catch {
    return 0 // nothing is there yet
  }
}

test('a move begins again when the data has changed since it was killed', async () => {
  await using c = await community()
  await c.api(c.boss, 'PUT /admin/users/eve/suspension', { reason: 'Spam.' }) // which nobody may delete
  c.app.close()
  await c.killMove()
  {
    using db = c.openDatabase()
    db.run(`update users set bio = 'changed' where handle = 'bob'`)
  }
  expect(await c.move()).toMatchObject({ status: 0, err: expect.stringContaining('so this one begins again.') })
  expect([await c.rows('users'), await c.rows('actions')]).toEqual([FOLLOWERS + 4, 1])
  expect((await c.client.query(`select bio from users where handle = 'bob'`)).rows).toEqual([{ bio: 'changed' }])
  expect(c.client.query('delete from actions')).rejects.toThrow('Recorded actions cannot be deleted.')
})

test('a move names texts with a character that PostgreSQL cannot store, and replaces it when it is told to', async () => {
  const url = await emptyDatabase()
  using m = await market()
  {
    using db = m.openDatabase()
    db.run(`update users set bio = 'a' || char(0) || 'b' where handle = 'bob'`)
  }
  m.app.close()
  const move = (...more: string[]) => pinhole(['move', '--to', url, '--data', m.dir, ...more], onSqlite)
  const { status, err } = await move()
  expect([status, err]).toEqual([1, expect.stringContaining(`these texts: users.bio where id is ${m.bob.id}. Run`)])
  expect((await move('--replace-nul')).status).toBe(0)
  const client = new Client(url)
  await client.connect()
  expect((await client.query(`select bio from users where handle = 'bob'`)).rows).toEqual([{ bio: 'a b' }])
  await client.end()
  await dropDatabase(url)
})
