import type { Database } from 'bun:sqlite'
import type { Table } from './copy-rows'

/** How many places an error names. */
const MOST_NAMED = 10

/** Throws when texts hold the character NUL, which PostgreSQL cannot store. Older versions let people enter it. */
export function refuseNul(db: Database, tables: Table[]): void {
  const places = tables.flatMap((table) => placesIn(db, table))
  if (!places.length) return
  const named = places.slice(0, MOST_NAMED).join('; ')
  const more = places.length > MOST_NAMED ? `; and ${places.length - MOST_NAMED} more` : ''
  throw new Error(
    `PostgreSQL cannot store the character NUL, which is in these texts: ${named}${more}. Run the command again with ` +
      '--replace-nul to store a space in its place. Nothing was copied.',
  )
}

function placesIn(db: Database, { name, columns, key }: Table): string[] {
  const texts = db
    .query<{ name: string }, []>(`select name from pragma_table_info('${name}') where lower(type) = 'text'`)
    .all()
    .map((column) => column.name)
  if (!texts.length) return []
  const has = (column: string) => `instr(${column}, char(0))`
  return db
    .query<Record<string, unknown>, []>(
      `select ${columns.join(', ')} from ${name} where ${texts.map(has).join(' or ')}`,
    )
    .all()
    .flatMap((row) =>
      texts
        .filter((column) => String(row[column]).includes('\0'))
        .map((column) => `${name}.${column} where ${key.map((each) => `${each} is ${row[each]}`).join(' and ')}`),
    )
}

/** Puts a space in the place of every NUL in a text. */
export function* withoutNul(chunks: Iterable<unknown[][]>): Generator<unknown[][]> {
  const clean = (value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', ' ') : value)
  for (const chunk of chunks) yield chunk.map((row) => row.map(clean))
}
