import { Database } from 'bun:sqlite'
import { afterEach, beforeEach, expect, test } from 'bun:test'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { migrations } from '../../migrations'
import { dropDatabase, freshDatabase, onPostgres } from '../../test/postgres/databases'
import { makeCommunity, pinhole } from '../../test/process'
import { lockFolder } from '../db/lock'
import { LISTENING } from '../db/postgres/client'

let dir: string
const data = () => join(dir, 'data')
const path = () => join(data(), 'pinhole.sqlite')
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pinhole-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const tryUpdate = (...args: string[]) => pinhole(['try-update', '--data', data(), ...args])
const makeOld = () => cpSync(join(import.meta.dir, '../../test/data/0018'), data(), { recursive: true })
const names = () => readdirSync(data()).sort()

test.skipIf(onPostgres)(
  'the update of old data is tried on a copy, which is removed, and nothing is changed',
  async () => {
    makeOld()
    mkdirSync(join(data(), 'update-trial-4194305')) // of a command that was killed: no process has so high an id
    const [before, bytes] = [names().filter((name) => !name.startsWith('update')), readFileSync(path())]
    const { status, out, err } = await tryUpdate()
    expect({ status, err, out }).toMatchObject({
      status: 0,
      err: '',
      out: expect.stringContaining('Nothing was changed'),
    })
    expect(out).toMatch(/ s {2}copy of the database \(/)
    const missing = migrations.map(([name]) => name).filter((name) => name > '0019')
    for (const name of missing) expect(out).toMatch(new RegExp(` s {2}${name}$`, 'm'))
    const told = JSON.parse((await tryUpdate('--json')).out)
    expect(told.migrations.map(({ name }: { name: string }) => name)).toEqual(missing)
    expect(told).toMatchObject({ bytes: bytes.length, updateMs: expect.any(Number) })
    expect(names()).toEqual(before)
    expect(readFileSync(path())).toEqual(bytes)
  },
)

test.skipIf(onPostgres)('a server of the version before can go on writing meanwhile', async () => {
  makeOld()
  const lock = lockFolder(data())
  using server = new Database(path())
  server.run('pragma journal_mode = wal')
  server.run("update users set bio = 'written by the server'")
  expect(await tryUpdate()).toMatchObject({ status: 0, out: expect.stringContaining('The update works') })
  server.run("update users set bio = 'and again'")
  expect(server.query('select max(name) as last from migrations').get()).toMatchObject({
    last: expect.stringMatching(/^0018/),
  })
  lock.release()
})

test.skipIf(onPostgres)(
  'an update that would fail, one that is not needed, and newer data are told apart',
  async () => {
    makeOld()
    {
      using db = new Database(path())
      db.run('create table collections (x)') // which a migration would create
    }
    const before = names()
    expect(await tryUpdate()).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringMatching(
        /would fail at 0024_collections: table collections already exists\nNothing was changed/,
      ),
    })
    expect(names()).toEqual(before)

    rmSync(data(), { recursive: true })
    makeCommunity(data())
    expect(await tryUpdate()).toMatchObject({ status: 0, out: expect.stringContaining('no update is needed') })
    {
      using db = new Database(path())
      db.run("insert into migrations values ('9999_next')")
    }
    expect(await tryUpdate()).toMatchObject({
      status: 1,
      err: expect.stringContaining('by a newer version of Pinhole'),
    })
  },
)

test('in PostgreSQL the update is tried and taken back, but not beside servers', async () => {
  const url = await freshDatabase()
  const client = new Client(url)
  await client.connect()
  const [last] = migrations.at(-1)!
  await client.query('delete from migrations where name = $1', [last])
  const run = () =>
    pinhole(['try-update', '--data', data(), '--json'], {
      env: { PINHOLE_DATABASE_URL: url, PINHOLE_SECRET: 'a secret of at least 32 characters' },
    })
  // the migration is there already, so it fails, and this is said
  expect(await run()).toMatchObject({ status: 1, err: expect.stringContaining(`would fail at ${last}`) })
  const server = new Client({ connectionString: url, application_name: LISTENING })
  await server.connect()
  expect(JSON.parse((await run()).out)).toMatchObject({ migrations: [{ name: last, ms: null }], updateMs: null })
  await server.end()
  await client.query('insert into migrations values ($1)', [last])
  expect(JSON.parse((await run()).out)).toMatchObject({ migrations: [], updateMs: 0 })
  await client.end()
  await dropDatabase(url)
})
