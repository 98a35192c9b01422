import type { Database } from 'bun:sqlite'
import type { Client } from 'pg'
import { toVector } from '../full-text'
import { inChunks, readQuery } from './copy-rows'

/** The search indexes: text in order in SQLite, vectors in PostgreSQL. */
export const INDEXES = ['captions', 'names', 'tag_names']
/** The columns of an index. */
export const PIECES = ['rowid', 'words', 'initials']

/** The columns of `PIECES`. */
type Row = [id: number, words: string, initials: string]

/** Reads a search index of PostgreSQL as SQLite stores it, in the transaction that the client is in. */
export function readWordsOfPostgres(client: Client, index: string): AsyncGenerator<unknown[][]> {
  const inOrder = (column: string) =>
    `(select coalesce(string_agg(lexeme, ' ' order by place), '') from unnest(${column}) as u (lexeme, places, weights),
      unnest(places) as place)`
  return readQuery(client, `select rowid, ${inOrder('words')}, ${inOrder('initials')} from ${index} order by rowid`)
}

/** Reads a search index of SQLite, which holds no text: the index itself tells which piece stands where. */
export function* readWords(db: Database, index: string): Generator<Row[]> {
  db.run(`create virtual table temp.pieces using fts5vocab(main, ${index}, instance)`)
  yield* inChunks(rowsOf(db))
  db.run('drop table temp.pieces')
}

function* rowsOf(db: Database): Generator<Row> {
  const all = db.query<{ doc: number; col: 'words' | 'initials'; term: string }, []>(
    'select doc, col, term from temp.pieces order by doc, col, offset',
  )
  let row: { id: number; words: string[]; initials: string[] } | undefined
  const whole = ({ id, words, initials }: NonNullable<typeof row>): Row => [id, words.join(' '), initials.join(' ')]
  for (const { doc, col, term } of all.iterate()) {
    if (row && row.id !== doc) yield whole(row)
    if (row?.id !== doc) row = { id: doc, words: [], initials: [] }
    row[col].push(term)
  }
  if (row) yield whole(row)
}

/** Writes the pieces as PostgreSQL stores them. */
export function* toVectors(chunks: Iterable<Row[]>): Generator<Row[]> {
  for (const chunk of chunks)
    yield chunk.map(([id, words, initials]): Row => [id, toVector(words, 'words'), toVector(initials, 'initials')])
}
