import type { Database } from 'bun:sqlite'
import type { Client } from 'pg'
import { toVector } from '../full-text'
import { lineOf } from './client'

const INDEXES = ['captions', 'names', 'tag_names']

/** The words of a row in a search index: as text in order for SQLite, as vectors for PostgreSQL. */
export type Piece = { id: number; words: string; initials: string }

/** Reads the search indexes of PostgreSQL. */
export async function wordsOf(client: Client, put: (index: string, row: Piece) => void): Promise<void> {
  const inOrder = (column: string) =>
    `(select coalesce(string_agg(lexeme, ' ' order by place), '') from unnest(${column}) as u (lexeme, places, weights),
      unnest(places) as place)`
  for (const index of INDEXES) {
    const { rows } = await lineOf(client).query(
      `select rowid, ${inOrder('words')}, ${inOrder('initials')} from ${index}`,
    )
    for (const [id, words, initials] of rows) put(index, { id, words, initials })
  }
}

export function putWords(db: Database, index: string, { id, words, initials }: Piece): void {
  db.query(`insert into ${index} (rowid, words, initials) values (?, ?, ?)`).run(id, words, initials)
}

/** Reads the search indexes of SQLite, which hold no text: the index itself tells which piece stands where. */
export function* placeOf(db: Database): Generator<[index: string, pieces: Iterable<Piece>]> {
  for (const index of INDEXES) {
    db.run(`create virtual table temp.pieces using fts5vocab(main, ${index}, instance)`)
    yield [index, rowsOf(db)]
    db.run('drop table temp.pieces')
  }
}

function* rowsOf(db: Database): Generator<Piece> {
  const all = db.query<{ doc: number; col: 'words' | 'initials'; term: string }, []>(
    'select doc, col, term from temp.pieces order by doc, col, offset',
  )
  let row: { id: number; words: string[]; initials: string[] } | undefined
  const whole = ({ id, words, initials }: NonNullable<typeof row>): Piece => ({
    id,
    words: toVector(words.join(' '), 'words'),
    initials: toVector(initials.join(' '), 'initials'),
  })
  for (const { doc, col, term } of all.iterate()) {
    if (row && row.id !== doc) yield whole(row)
    if (row?.id !== doc) row = { id: doc, words: [], initials: [] }
    row[col].push(term)
  }
  if (row) yield whole(row)
}
