import { expect, test } from 'bun:test'
import { type TestApp, testApp } from '../../test/harness'
import { onPostgres } from '../../test/postgres/databases'
import { handlers } from '../handlers'
import type { Handlers } from './handler'
import { runNext } from './loop'
import { claim, enqueue, finishJob } from './queue'
import { jobs } from './table'

const photoOf = (t: TestApp, ownerId: number, fileId = 0) =>
  t.app.write((tx) => enqueue(tx, 'files.process', { fileId }, t.app.now(), ownerId))

/** Runs the next photo and returns its owner. `onRun` is called while the photo is processed. */
async function serve(t: TestApp, onRun: () => Promise<unknown> = async () => {}): Promise<number | undefined> {
  let owner: number | undefined
  const noting: Handlers = {
    ...handlers,
    'files.process': {
      attempts: 3,
      async run({ db }, { id }) {
        owner = (await db.select().from(jobs)).find((job) => job.id === id)?.ownerId ?? undefined
        await onRun()
      },
    },
  }
  await runNext(t.app, 'media', { handlers: noting })
  return owner
}

async function served(t: TestApp, most = Number.POSITIVE_INFINITY): Promise<number[]> {
  const owners: number[] = []
  for (let next = await serve(t); next !== undefined; next = owners.length < most ? await serve(t) : undefined)
    owners.push(next)
  return owners
}

const [EVE, BOB, CAT] = [1, 2, 3]

test('a photo that arrives while one of many photos of another person is processed comes next', async () => {
  using t = await testApp()
  for (let i = 0; i < 20; i++) await photoOf(t, EVE)
  await served(t, 5)
  await serve(t, () => photoOf(t, BOB))
  expect(await served(t, 2)).toEqual([BOB, EVE])
})

test('two people who always have a photo waiting do not starve a third', async () => {
  using t = await testApp()
  for (const owner of [EVE, EVE, EVE, BOB, CAT]) await photoOf(t, owner)
  const owners: (number | undefined)[] = []
  for (let i = 0; i < 9; i++) {
    const next = await serve(t)
    owners.push(next)
    if (next !== EVE) await photoOf(t, next!)
  }
  expect(owners).toEqual([EVE, BOB, CAT, BOB, CAT, EVE, BOB, CAT, BOB])
})

test('at most one job of each other person runs before the first job of a new person, and two before each further one', async () => {
  for (let seed = 1; seed <= 5; seed++) {
    using t = await testApp()
    let state = seed
    const random = (below: number) => {
      state = (state * 48271) % 2147483647
      return state % below
    }
    const waiting = new Map<number, number>([EVE, BOB, CAT].map((owner) => [owner, 0]))
    /** How often each other person was served since a waiting person arrived or was served last. */
    const since = new Map<number, Map<number, number>>()
    const arrived = new Set<number>()
    for (let step = 0; step < 60; step++) {
      if (random(3) > 0 && step < 40) {
        const owner = 1 + random(3)
        for (let i = random(6); i >= 0; i--) {
          await photoOf(t, owner)
          if (!waiting.get(owner)) {
            since.set(owner, new Map())
            arrived.add(owner)
          }
          waiting.set(owner, waiting.get(owner)! + 1)
        }
        continue
      }
      const owner = await serve(t)
      if (owner === undefined) {
        expect([...waiting.values()]).toEqual([0, 0, 0])
        continue
      }
      waiting.set(owner, waiting.get(owner)! - 1)
      arrived.delete(owner)
      for (const [other, counts] of since) {
        if (other === owner) continue
        const ahead = (counts.get(owner) ?? 0) + 1
        counts.set(owner, ahead)
        const most = arrived.has(other) ? 1 : 2
        if (ahead > most)
          throw new Error(`Seed ${seed}, step ${step}: ${owner} was served ${ahead} times before ${other}`)
      }
      if (waiting.get(owner)) since.set(owner, new Map())
      else since.delete(owner)
    }
  }
})

test('photos that fail again and again do not delay those of others by more than one', async () => {
  using t = await testApp()
  for (let i = 0; i < 6; i++) await photoOf(t, EVE)
  const fails = () => Promise.reject(new Error('no luck'))
  for (let i = 0; i < 6; i++) expect(await serve(t, fails)).toBe(EVE)
  for (let i = 0; i < 2; i++) await photoOf(t, BOB)
  t.pass(3600_000)
  expect((await served(t)).slice(0, 3)).toEqual([BOB, EVE, BOB])
})

test.skipIf(onPostgres)(
  'a claim and a new job read as many rows among thousands of waiting jobs as among few',
  async () => {
    using t = await testApp()
    using other = t.openDatabase()
    other.run(`insert into jobs (kind, lane, payload, created_at, due_at, owner_id, turn)
    with recursive n (i) as (select 1 union all select i + 1 from n where i < 3000)
    select 'files.process', 'media', '{"fileId":0}', 0, 0, ${EVE}, 2 * i from n`)
    const queries = await t.queriesOf(async () => {
      await photoOf(t, BOB)
      await t.app.write(async (tx) => finishJob(tx, (await claim(tx, 'media', t.app.now(), 1000))!))
    })
    const plans = queries
      .filter((query) => /jobs/.test(query) && !/^explain/i.test(query))
      .map((query) => other.query<{ detail: string }, []>(`explain query plan ${query}`).all())
    const details = plans.flat().map(({ detail }) => detail)
    expect(details.filter((detail) => /jobs_in_turn|jobs_of_owner/.test(detail))).toHaveLength(2)
    expect(details.filter((detail) => /^SCAN (jobs|line)|TEMP B-TREE|jobs_due/.test(detail))).toEqual([])
  },
)
