import { expect, test } from 'bun:test'
import { crowds } from '../../src/posts/table'
import { askEverything, fullCommunity } from '../full-community'
import type { Somebody } from '../harness'
import type { TestDatabase } from '../postgres/blocking'
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
  await t.app.write((tx) => tx.insert(crowds).values({ authorId: t.ann.id })) // so her posts are merged into inboxes
  const faults = new Map<string, string[]>()
  const planned = new Set<string>()
  await askEverything(t, async (path, ask) => {
    for (const sql of await t.queriesOf(ask)) {
      const faulty = planOf(db, sql).filter(
        (step) => isScan(step) || readsOthers(sql, step) || (isSort(step) && !SUMS.test(path) && !NAMED.test(sql)),
      )
      if (faulty.length) faults.set(`${path}: ${sql}`, faulty)
      planned.add(sql)
    }
  })
  expect(Object.fromEntries(faults)).toEqual({})
  expect(planned.size).toBeGreaterThan(60)
})

/** Tables that a change may read from end to end as well. */
const SHORT_FOR_CHANGES: Record<string, string> = {
  app_codes: 'codes that apps have not exchanged yet, once an account is erased',
  '(subquery-4)': 'pushes that are sent next, of which there are a few hundred',
  apps: 'of which a community has few, once an account is erased',
  hooks: 'of members with scripts, for a new post',
  moments: 'a list that the query itself makes',
  password_resets: 'of the last days, once an account is erased or suspended',
  push_origins: 'the push services, of which there are few',
}

/** These rows have something else in common, and there are few of them. */
const FEW: Record<string, string> = {
  notification_causes: 'in a span of notifications, once an account is erased',
  reports: 'of one post',
}

/** Reads one row, at the end of a table. */
const NEWEST = /order by "\w+"\."id" desc limit \+\?$/

test.skipIf(onPostgres)('no change reads a whole table, or the rows of others', async () => {
  await using t = await fullCommunity()
  using db = t.openDatabase()
  const { ann, bob, boss, values } = t
  const [post, own] = [await t.post(ann, { price: 5 }), await t.post(bob)]
  const said = (await t.api(bob, `POST /posts/${post.id}/comments`, { text: 'Lovely, @ann.' })).body
  const by = (who: Somebody, calls: Record<string, object | undefined>) =>
    Object.entries(calls).map(([call, json]) => ({ who, call, json }))
  const calls = [
    ...by(bob, {
      'POST /posts': { fileIds: [await t.photo(bob)], caption: 'Sea #sea @ann' },
      [`PUT /library/${post.id}`]: { price: 5 },
      [`POST /posts/${post.id}/gifts`]: { handle: 'eve', price: 5 },
      'POST /coins/tips': { handle: 'ann', coins: 1, postId: post.id },
      'POST /coins/redemptions': { code: await t.voucher() },
      'POST /coins/payouts': { coins: 2 },
      [`POST /posts/${post.id}/comments`]: { text: 'Lovely, @ann.' },
      [`PATCH /comments/${said.id}`]: { text: 'Lovely.' },
      [`DELETE /comments/${said.id}`]: undefined,
      [`PUT /posts/${post.id}/like`]: undefined,
      [`DELETE /posts/${post.id}/like`]: undefined,
      [`PUT /posts/${post.id}/bookmark`]: undefined,
      [`DELETE /posts/${post.id}/bookmark`]: undefined,
      'PUT /follows/eve': undefined,
      'DELETE /follows/eve': undefined,
      'PUT /mutes/eve': undefined,
      'DELETE /mutes/eve': undefined,
      'PUT /blocks/eve': undefined,
      'DELETE /blocks/eve': undefined,
      [`PUT /collections/${values['/collections/:id']}/posts/${own.id}`]: undefined,
      [`PATCH /posts/${own.id}`]: { caption: 'Lake' },
      [`DELETE /posts/${own.id}`]: undefined,
      'POST /reports': { postId: post.id, reason: 'spam' },
      'POST /invites': { uses: 2 },
      'PUT /users/account': { bio: 'Sea' },
      'PUT /notifications/read': { upTo: '2026-01-01T00:00:00Z' },
      'PUT /inbox/read': { upTo: '2026-01-01T00:00:00Z' },
    }),
    ...by(boss, {
      'POST /admin/users/bob/grants': { coins: 5 },
      'PUT /admin/users/bob/suspension': { reason: 'Spam' },
      'DELETE /admin/users/bob/suspension': undefined,
      [`DELETE /admin/posts/${post.id}`]: { reason: 'Spam' },
      'DELETE /admin/users/bob': { immediately: true, forfeit: true },
    }),
  ]
  const faults = new Map<string, string[]>()
  const planned = new Set<string>()
  for (const { who, call, json } of calls) {
    const queries = await t.queriesOf(async () => {
      const { status, body } = await t.api(who, call, json)
      expect([call, status < 300, status < 300 || body]).toEqual([call, true, true])
      await t.runJobs()
    })
    for (const sql of queries.flatMap((each) => each.split(' union all ')).filter((each) => !NEWEST.test(each))) {
      const faulty = planOf(db, sql).filter(
        (step) => isScan(step, { ...SHORT, ...SHORT_FOR_CHANGES }) || readsOthers(sql, step),
      )
      if (faulty.length) faults.set(`${call}: ${sql}`, faulty)
      planned.add(sql)
    }
  }
  expect(Object.fromEntries(faults)).toEqual({})
  expect(planned.size).toBeGreaterThan(200)
})

/** Pages of the staff that add up what happened by day. They are asked for rarely. */
const BY_DAY = '/admin/statistics'

/** Adds up the counters of all accounts for the overview. */
const TOTALS = /^select count\(\*\) filter /

/** Lists of the staff that are read from end to end. */
const SHORT_FOR_STAFF: Record<string, string> = {
  branch: 'whom one person invited, and whom they invited',
  flags: 'those that wait for the staff, which their index has',
  reports: 'those that wait for the staff, which their index has',
  jobs: 'what waits to be done',
  topups: 'those that wait for the staff, which their index has',
  word_filters: 'the words that the staff listed',
}

test.skipIf(onPostgres)('no page of the staff reads a whole table, but pages through it', async () => {
  await using t = await fullCommunity()
  using db = t.openDatabase()
  const mod = await t.user('mod', { role: 'moderator' })
  const paths = t.routes
    .filter(({ method, path }) => method === 'GET' && path.startsWith('/admin'))
    .map(({ path }) =>
      path
        .replace(/\{[^}]*\}/g, '')
        .replace(':handle', 'bob')
        .replace(':name', 'contact'),
    )
    .filter((path) => path !== BY_DAY && !path.includes(':'))
  const asked = [...new Set(paths), '/admin/topups?status=pending', '/admin/users?role=moderator']
  const faults = new Map<string, string[]>()
  for (const path of asked)
    for (const who of [t.boss, mod]) {
      const queries = await t.queriesOf(async () => {
        const { status } = await t.request(path, { browser: who })
        expect([path, status === 200 || (who === mod && status === 403)]).toEqual([path, true])
      })
      for (const sql of queries) {
        const plan = planOf(db, sql)
        const isFine = TOTALS.test(sql) || (/ limit \+\?$/.test(sql) && !plan.some(isSort))
        const faulty = plan.filter((step) => !isFine && isScan(step, { ...SHORT, ...SHORT_FOR_STAFF }))
        if (faulty.length) faults.set(`${path}: ${sql}`, faulty)
      }
    }
  expect(Object.fromEntries(faults)).toEqual({})
  expect(asked.length).toBeGreaterThan(20)
})

/** The columns by which a row belongs to a person, or to one row of another table. */
const OWN = /\b(user|buyer|blocker|blocked|muter|muted|follower|followee|reporter|purchase)_id=\?/

/**
 * Whether a query that concerns one table names a column of it that the index does not lead to, so that the rows of
 * other people are read as well.
 */
function readsOthers(sql: string, step: string): boolean {
  const [, table = '', where = ''] =
    /^(?:select [^()]* from|update|delete from) "(\w+)"(?: set .*?)? where (.*)/s.exec(sql) ?? []
  const [, led] = /^SEARCH \S+ USING (?:COVERING )?INDEX \w+ \((.*)\)/.exec(step) ?? []
  if (led === undefined || /\b(?:join|select)\b/.test(where) || OWN.test(led) || Object.hasOwn(FEW, table)) return false
  const named = where.matchAll(new RegExp(`"${table}"\\."(\\w+)" = \\+\\?`, 'g'))
  return [...named].some(([, column]) => !led.includes(`${column}=?`))
}

const planOf = (db: TestDatabase, sql: string) =>
  db
    .query<{ detail: string }, []>(`explain query plan ${sql}`)
    .all()
    .map(({ detail }) => detail)

const isSort = (step: string) => step.includes('TEMP B-TREE')

/** Reading an index from end to end is as bad as reading the table. A search begins at one place of the index. */
function isScan(step: string, short = SHORT): boolean {
  const [, table = ''] = /^SCAN (\S+)/.exec(step) ?? []
  const isSearched = /VIRTUAL TABLE INDEX \d+:(=|=?M)|-ROW VALUES CLAUSE/.test(step) // looks for words in an index of them, or in one row
  return table !== '' && !isSearched && !Object.hasOwn(short, table)
}
