import { type Cursor, type Page, toPage, type Wanted } from './page'
import { CLOSENESS, type Closeness } from './search-text'

/** Within the same closeness, rows with a greater weight come first, then rows with a greater id. */
export type Place = { weight: number; id: number }

/** The place before every row. */
const FRONT: Place = { weight: Number.MAX_SAFE_INTEGER, id: 0 }
const MOST_WEIGHT = 1e9

/**
 * Lists what a search finds: exact matches, then words that begin like the query, then words that contain it. `find`
 * returns rows of one closeness behind a place. A cursor holds closeness and weight where lists by time hold a time.
 */
export async function byCloseness<Row>(
  wanted: Wanted,
  find: (closeness: Closeness, after: Place, most: number) => Promise<Row[]>,
  placeOf: (row: Row) => Place,
): Promise<Page<Row>> {
  const from = wanted.cursor ? placeIn(wanted.cursor) : { level: 0, ...FRONT }
  const found: { row: Row; level: number }[] = []
  for (const [level, closeness] of CLOSENESS.entries()) {
    const missing = wanted.limit + 1 - found.length
    if (level < from.level || missing === 0) continue
    const rows = await find(closeness, level === from.level ? from : FRONT, missing)
    found.push(...rows.map((row) => ({ row, level })))
  }
  const page = toPage(found, wanted, ({ row, level }) => cursorOf(level, placeOf(row)))
  return { ...page, items: page.items.map(({ row }) => row) }
}

/** How many candidates are judged at a time. */
const CHUNK = 100

/**
 * Looks through candidates in order until `most` of them pass. The database sorts all candidates of a search, so they
 * carry nothing but their place, and what only the viewer's rules can tell is asked for a few of them.
 */
export async function sift<Row>(
  after: Place,
  most: number,
  candidates: (after: Place, most: number) => Promise<Place[]>,
  pass: (ids: number[]) => Promise<Map<number, Row>>,
): Promise<Row[]> {
  const rows: Row[] = []
  const size = Math.max(CHUNK, most)
  for (let from: Place | undefined = after; from; ) {
    const some = await candidates(from, size)
    if (!some.length) break
    const passed = await pass(some.map(({ id }) => id))
    rows.push(...some.flatMap(({ id }) => passed.get(id) ?? []))
    from = some.length < size || rows.length >= most ? undefined : some.at(-1)
  }
  return rows.slice(0, most)
}

const cursorOf = (level: number, { weight, id }: Place): Cursor => ({
  at: new Date(level * 2 * MOST_WEIGHT + Math.min(weight, MOST_WEIGHT)),
  id,
})

function placeIn({ at, id }: Cursor) {
  const level = Math.floor(+at / (2 * MOST_WEIGHT))
  return { level, weight: +at - level * 2 * MOST_WEIGHT, id }
}
