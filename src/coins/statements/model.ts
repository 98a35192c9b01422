import { and, asc, eq, lt, sql } from 'drizzle-orm'
import type { MonthJson } from '../../../shapes/statements'
import { monthOf } from '../../db/calendar'
import type { Reader } from '../../db/open'
import { toPage, type Wanted } from '../../db/page'
import { prepared } from '../../db/prepared'
import type { Person } from '../../ports/people'
import { Problem } from '../../problem'
import { instantOf, offsetsOf } from '../../time-zone'
import { ofWallet } from '../ledger'
import { coinAccounts, entries, transfers } from '../table'

/** Where the reader's months begin and end. */
export type Clock = { timeZone: string; now: Date }

/** Lists all months with entries, oldest first. */
async function monthsOf(db: Reader, me: Pick<Person, 'id'>, { timeZone, now }: Clock): Promise<MonthJson[]> {
  const rows = await sumsByMonth(db).execute({ id: me.id, offsets: JSON.stringify(offsetsOf(timeZone, now)) })
  const months: MonthJson[] = []
  for (const row of rows) {
    const opening = months.at(-1)?.closing ?? 0
    if (months.at(-1)?.month !== row.month)
      months.push({ month: row.month, opening, in: {}, out: {}, closing: opening })
    const current = months.at(-1)!
    if (row.in) current.in[row.kind] = row.in
    if (row.out) current.out[row.kind] = row.out
    current.closing += row.in - row.out
  }
  return months
}

const sumsByMonth = prepared((db: Reader) => {
  const month = monthOf(entries.at, sql.placeholder('offsets')).as('month')
  return db
    .select({
      month,
      kind: entries.kind,
      in: sql<number>`sum(case when ${entries.coins} > 0 then ${entries.coins} else 0 end)`,
      out: sql<number>`-sum(case when ${entries.coins} < 0 then ${entries.coins} else 0 end)`,
    })
    .from(entries)
    .innerJoin(coinAccounts, ofWallet(sql.placeholder('id')))
    .groupBy(sql`${month}`, entries.kind)
    .orderBy(asc(month))
    .prepare()
})

/** The first moment of a month in UTC, which is the cursor of a page that ends with the month. */
const startOf = (month: string) => new Date(`${month}-01T00:00:00Z`)

/** The first moment of the month after this one in UTC. */
function endOf(month: string): Date {
  const at = startOf(month)
  at.setUTCMonth(at.getUTCMonth() + 1)
  return at
}

/** Lists the months of my statement, newest first. */
export async function listMonths(db: Reader, me: Pick<Person, 'id'>, clock: Clock, wanted: Wanted) {
  const all = (await monthsOf(db, me, clock)).reverse()
  const rows = all.filter(({ month }) => !wanted.cursor || startOf(month) < wanted.cursor.at)
  return toPage(rows.slice(0, wanted.limit + 1), wanted, ({ month }) => ({ at: startOf(month), id: 0 }))
}

/** Finds the sums of one month, as `2026-11`. Throws `not_found` when no coin moved in it. */
export async function findMonth(db: Reader, me: Pick<Person, 'id'>, clock: Clock, month: string): Promise<MonthJson> {
  const found = (await monthsOf(db, me, clock)).find((each) => each.month === month)
  if (!found) throw new Problem('not_found', 'No coins were received or spent in that month.')
  return found
}

const CHUNK = 500

/** One month on the clocks of a time zone. */
type Month = { name: string; timeZone: string }

/** Iterates over the entries of a person, optionally of one month, oldest first. */
export async function* eachEntry(db: Reader, me: Pick<Person, 'id'>, month?: Month) {
  let after = { at: month ? instantOf(+startOf(month.name), month.timeZone) : 0, id: 0 }
  const until = month ? instantOf(+endOf(month.name), month.timeZone) : Number.MAX_SAFE_INTEGER
  for (;;) {
    const rows = await entriesAfter(db).execute({ me: me.id, ...after, until })
    yield* rows
    const last = rows.at(-1)
    if (rows.length < CHUNK || !last) return
    after = { at: +last.entry.at, id: last.entry.id }
  }
}

const entriesAfter = prepared((db: Reader) =>
  db
    .select({ entry: entries, postId: transfers.postId, note: transfers.note })
    .from(entries)
    .innerJoin(coinAccounts, ofWallet(sql.placeholder('me')))
    .innerJoin(transfers, eq(transfers.id, entries.transferId))
    .where(
      and(
        sql`(${entries.at}, ${entries.id}) > (${sql.placeholder('at')}, ${sql.placeholder('id')})`,
        lt(entries.at, sql.placeholder('until')),
      ),
    )
    .orderBy(asc(entries.at), asc(entries.id))
    .limit(CHUNK)
    .prepare(),
)
