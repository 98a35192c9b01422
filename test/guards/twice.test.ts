import { Database } from 'bun:sqlite'
import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { fullCommunity } from '../full-community'
import { type TestApp, testApp, writes } from '../harness'
import { onPostgres } from '../postgres/databases'
import { migratedTables } from './schema'

const SEARCH = ['captions', 'names', 'tag_names']

const full = async () => {
  const t = await fullCommunity()
  return { ...t, [Symbol.dispose]: () => void t[Symbol.asyncDispose]() }
}
const old = async () => {
  const t = await testApp({}, join(import.meta.dir, '../data/0002'))
  await t.runJobs()
  return t
}

/** Makes a community and counts the rows of each table. */
async function sizesOf(make: () => Promise<TestApp>): Promise<Record<string, number>> {
  using t = await make()
  using db = new Database(join(t.dir, 'pinhole.sqlite'), { readonly: true })
  const names = [...migratedTables(db).map(({ name }) => name), ...SEARCH]
  const count = (name: string) => db.query<{ n: number }, []>(`select count(*) as n from "${name}"`).get()!.n
  return Object.fromEntries(names.map((name) => [name, count(name)]))
}

for (const make of [full, old])
  test.skipIf(onPostgres)(`a community (${make.name}) is the same when each transaction of it ran twice`, async () => {
    const once = await sizesOf(make)
    expect(Object.values(once).filter((rows) => rows > 0).length).toBeGreaterThan(15)
    writes.twice = true
    try {
      expect(await sizesOf(make)).toEqual(once)
    } finally {
      writes.twice = false
    }
  })
