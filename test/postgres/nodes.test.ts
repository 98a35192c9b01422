import { expect, test } from 'bun:test'
import { Client } from 'pg'
import { postgresMigrations } from '../../migrations'
import type { Migrations } from '../../src/db/migrating'
import { connect } from '../../src/db/postgres/client'
import { tryUpdate, updateSchema } from '../../src/db/postgres/migrate'
import { runNext } from '../../src/jobs/loop'
import { enqueue } from '../../src/jobs/queue'
import { jobs } from '../../src/jobs/table'
import { openEventStream } from '../event-stream'
import { problem, type TestApp, testApp } from '../harness'
import { pinhole } from '../process'
import { until } from '../until'
import { dropDatabase, freshDatabase, postgresEnv } from './databases'

/** Two servers on one PostgreSQL database. The second one joined with an empty data folder. */
async function twoNodes(env: Record<string, string> = {}) {
  const url = await freshDatabase()
  const [one, two] = [await testApp(env, undefined, url), await testApp(env, undefined, url)]
  return {
    one,
    two,
    url,
    async [Symbol.asyncDispose]() {
      for (const node of [one, two]) node[Symbol.dispose]()
      await dropDatabase(url)
    },
  }
}

const statusOf = async (t: TestApp, as: { token: string }, call: string) => (await t.api(as, call)).status

test('a session of one server is one of the other, and ends on both when it ends on one', async () => {
  await using n = await twoNodes()
  const ann = await n.one.user('ann')
  expect([await statusOf(n.one, ann, 'GET /users/account'), await statusOf(n.two, ann, 'GET /users/account')]).toEqual([
    200, 200,
  ])
  expect(await statusOf(n.one, ann, 'DELETE /sessions/current')).toBe(204)
  await until('the session ends there', async () => (await statusOf(n.two, ann, 'GET /users/account')) === 401)
})

test('settings, posts and revoked media links of one server reach the other', async () => {
  await using n = await twoNodes()
  const [boss, ann] = [await n.one.user('boss', { role: 'admin' }), await n.one.user('ann')]
  await n.one.api(boss, 'PATCH /admin/settings', { siteName: 'Two of a kind' })
  await until('the name is known there', () => n.two.app.settings().siteName === 'Two of a kind')
  const post = await n.one.post(ann)
  const seen = await n.two.api(boss, `GET /posts/${post.id}`)
  const link = seen.body.files[0].renditions.feed.url
  await n.one.api(ann, `PATCH /posts/${post.id}`, { visibility: 'followers' })
  await until('the link is revoked there', async () => (await n.two.request(link, { as: boss })).status === 410)
})

test('open pages of one server hear what happens on the other', async () => {
  await using n = await twoNodes()
  const [ann, bob] = [await n.one.user('ann'), await n.two.user('bob')]
  const post = await n.one.post(ann)
  const stream = await openEventStream(n.two, ann)
  await n.one.api(bob, `PUT /posts/${post.id}/like`)
  const { data } = await stream.newest('notification', ({ unread }) => unread === 1)
  expect(data.unread).toBe(1)
  await stream.leave()
})

test('after its connection broke, a server hears again of everything that changed meanwhile', async () => {
  await using n = await twoNodes()
  const boss = await n.one.user('boss', { role: 'admin' })
  const admin = new Client(n.url)
  await admin.connect()
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`)
  await admin.end()
  await until(
    'the setting is stored',
    async () => (await n.one.api(boss, 'PATCH /admin/settings', { siteName: 'After the break' })).status === 200,
  )
  await until('the name is known there', () => n.two.app.settings().siteName === 'After the break')
})

test('each job is claimed by one server, and by the other when the first one died with it', async () => {
  await using n = await twoNodes()
  for (let i = 0; i < 20; i++)
    await n.one.app.write((tx) => enqueue(tx, 'inbox.deliver', { postId: i, after: 0 }, n.one.app.now()))
  const ran: number[] = []
  const deliver = {
    run: async (_: unknown, { payload }: { payload: { postId: number } }) => void ran.push(payload.postId),
  }
  const handlers = { 'inbox.deliver': deliver } as never
  const work = async ({ app }: TestApp) => {
    while (await runNext(app, 'rest', { handlers }));
  }
  await Promise.all([work(n.one), work(n.two), work(n.one), work(n.two)])
  expect(ran.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i))

  await n.one.app.write((tx) => enqueue(tx, 'inbox.deliver', { postId: 99, after: 0 }, n.one.app.now()))
  const { promise: silence, resolve: endSilence } = Promise.withResolvers<void>()
  const dead = runNext(n.one.app, 'rest', { handlers: { 'inbox.deliver': { run: () => silence } } as never })
  await until('the job is claimed', async () => (await n.two.app.db.select().from(jobs))[0]?.leased === true)
  n.two.pass(60_000) // longer than a lease, which nobody renews
  await until('the job ran on the other server', async () => {
    await runNext(n.two.app, 'rest', { handlers })
    return ran.includes(99)
  })
  endSilence() // it was not dead, but only slow: what it says now changes nothing
  expect(await dead).toBe(true)
  expect(ran.filter((id) => id === 99)).toEqual([99])
})

test('limits count for all servers together', async () => {
  await using n = await twoNodes()
  await n.one.user('ann', { password: 'a long password' })
  const guess = (t: TestApp) => t.api(null, 'POST /sessions', { handle: 'ann', password: 'another password' })
  for (let i = 0; i < 5; i++) for (const node of [n.one, n.two]) expect((await guess(node)).status).toBe(401)
  expect(await guess(n.one)).toEqual(problem(429, 'rate_limited'))
  expect(await guess(n.two)).toEqual(problem(429, 'rate_limited'))
})

test('a data folder of another community is refused, and so is another PINHOLE_SECRET', async () => {
  await using n = await twoNodes()
  using other = await testApp()
  await expect(testApp({}, other.dir, n.url)).rejects.toThrow('belongs to another community')
  await expect(testApp({ PINHOLE_SECRET: 'x'.repeat(40) }, undefined, n.url)).rejects.toThrow('PINHOLE_SECRET is not')
})

test('doctor names the version, the clock and settings with which the database loses what was told', async () => {
  await using n = await twoNodes()
  await n.one.user('ann')
  const told = await pinhole(['doctor', '--data', n.one.dir], { env: postgresEnv(n.url) })
  expect(told.out).toContain('ok    database: PostgreSQL 18')
  expect(told.out).toContain('fsync and full_page_writes and synchronous_commit is off') // as our tests start it
  expect(told.out).toMatch(/ok {4}clock: The clock of the database is \d+ ms/)
  expect(told.out).toContain('ok    schema: The schema is up to date.')
})

test('servers of an earlier version go on after an update that adds something, but do not start again', async () => {
  await using n = await twoNodes()
  const ann = await n.one.user('ann')
  await n.one.post(ann)
  const admin = await connect(n.url)
  await admin.query(`alter table users add column newer text; alter table posts add column newer bigint`)
  await admin.query(`insert into migrations values ('9999_next')`)
  for (const node of [n.one, n.two]) {
    await node.post(ann)
    await node.runJobs()
  }
  for (const node of [n.one, n.two]) expect((await node.api(ann, 'GET /users/ann')).body.posts).toBe(3)
  await expect(testApp({}, undefined, n.url)).rejects.toThrow('written by a newer version of Pinhole (9999_next)')
  await admin.end()
})

test('an update that fails says where and that nothing has changed, and no part of it is left', async () => {
  const url = await freshDatabase()
  const all = [...postgresMigrations, ['9998_fine', 'drop table mutes'], ['9999_wrong', 'no sql']] as Migrations
  const client = await connect(url)
  await expect(updateSchema(client, true, { all })).rejects.toThrow(
    /It failed at 9999_wrong: syntax error.*\nAll changes were undone.*\nStart that version again/,
  )
  await expect(tryUpdate(url, all)).rejects.toThrow('The update would fail at 9999_wrong')
  expect((await tryUpdate(url, all.slice(0, -1))).migrations).toMatchObject([{ name: '9998_fine' }])
  expect((await client.query('select count(*) from mutes')).rows).toEqual([{ count: 0 }])
  await updateSchema(client)
  await client.end()
  await dropDatabase(url)
})

test('an update that servers of an earlier version cannot work with waits until all of them have stopped', async () => {
  const url = await freshDatabase()
  const next = {
    all: [...postgresMigrations, ['9999_next', 'drop table mutes']] as Migrations,
    breaking: new Set(['9999_next']),
  }
  const client = await connect(url)
  {
    using _ = await testApp({}, undefined, url)
    await expect(updateSchema(client, true, next)).rejects.toThrow('Stop all servers of the community')
  }
  await until('the schema is updated', () =>
    updateSchema(client, true, next).then(
      () => true,
      () => false,
    ),
  )
  await client.end()
  await dropDatabase(url)
})
