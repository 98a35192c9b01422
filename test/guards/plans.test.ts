import { expect, test } from 'bun:test'
import { askEverything, fullCommunity } from '../full-community'
import { onPostgres } from '../postgres/databases'

/** Tables and lists that are read from end to end because they are short. */
const SHORT: Record<string, string> = {
  json_each: 'a list that the query itself brings',
  threads: 'a list that the query itself brings',
  some: 'posts with a tag, of which a thousand are counted at most',
  crowds: 'authors with very many followers, of whom there are few',
}

/** These sort the ids that a name was found by, each with one number. `docs/decisions/search.md` has measured it. */
const NAMED = /^select "(users|tags)"."id", "(users|tags)"."(followers|posts)" from "(names|tag_names)"/

/** These sort what they read, because they sum up the coins of one person by day, month or post. */
const SUMS = /^\/coins\/(earnings|statements)/

// PostgreSQL plans by the sizes of the tables, which are small here.
test.skipIf(onPostgres)('no page of a member or a visitor reads a whole table or sorts what it reads', async () => {
  await using t = await fullCommunity()
  using db = t.openDatabase()
  const planOf = (sql: string) =>
    db
      .query<{ detail: string }, []>(`explain query plan ${sql}`)
      .all()
      .map(({ detail }) => detail)
  const faults = new Map<string, string[]>()
  const planned = new Set<string>()
  await askEverything(t, async (path, ask) => {
    for (const sql of await t.queriesOf(ask)) {
      const faulty = planOf(sql).filter(
        (step) => isScan(step) || (isSort(step) && !SUMS.test(path) && !NAMED.test(sql)),
      )
      if (faulty.length) faults.set(`${path}: ${sql}`, faulty)
      planned.add(sql)
    }
  })
  expect(Object.fromEntries(faults)).toEqual({})
  expect(planned.size).toBeGreaterThan(60)
})

const isSort = (step: string) => step.includes('TEMP B-TREE')

/** Reading an index from end to end is as bad as reading the table. A search begins at one place of the index. */
function isScan(step: string): boolean {
  const [, table = ''] = /^SCAN (\S+)/.exec(step) ?? []
  const isSearched = /VIRTUAL TABLE INDEX \d+:=?M/.test(step) // looks for words in an index of them, or in one row
  return table !== '' && !isSearched && !Object.hasOwn(SHORT, table)
}
