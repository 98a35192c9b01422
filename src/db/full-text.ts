import { eq, type SQL, sql } from 'drizzle-orm'
import { ref, str, table } from './columns'
import type { Tx } from './open'
import { CLOSENESS, type Closeness, type Phrase, toGrams, toPhrases } from './search-text'

/**
 * The search indexes, which are FTS5 tables. Everything that is special about them is in this file, so that another
 * engine needs only other bodies for these functions. FTS5's own trigrams find no word of two letters, which most Korean
 * and Chinese words are; ours are pieces that become shorter at the end of a word (see
 * `search-text.ts`).
 */
const fullText = <Kind extends string>(name: string) =>
  table(name, { rowid: ref<Kind>().notNull(), words: str().notNull(), initials: str().notNull() })

export const captions = fullText<'post'>('captions')
export const names = fullText<'user'>('names')
export const tagNames = fullText<'tag'>('tag_names')
type Index = typeof captions | typeof names | typeof tagNames

/** Replaces what an index holds of a row by this text. */
export async function putText(tx: Tx, index: Index, id: number, text: string): Promise<void> {
  await dropText(tx, index, id)
  const indexed = toGrams(text)
  if (indexed.words) await tx.insert(index).values({ rowid: id, ...indexed })
}

export const dropText = (tx: Tx, index: Index, id: number) => tx.delete(index).where(eq(index.rowid, id))

/** An SQL condition for the rows that match the placeholder `matching`, which `matchOf` makes. */
export const matches = (index: Index): SQL => sql`${index} match ${sql.placeholder('matching')}`

/**
 * Writes what the index looks for: rows that match the words this closely and no closer. The words come from `wordsOf`.
 * Returns null when nothing can match.
 */
export function matchOf(words: string[], closeness: Closeness): string | null {
  const wanted = expressionOf(words, closeness)
  const closer = CLOSENESS[CLOSENESS.indexOf(closeness) - 1]
  const besides = closer && expressionOf(words, closer)
  return wanted && besides ? `(${wanted}) NOT (${besides})` : wanted
}

function expressionOf(words: string[], closeness: Closeness): string | null {
  const phrases = words.length ? toPhrases(words, closeness) : null
  return phrases?.map(written).join(' AND ') ?? null
}

/** Words hold no quotation marks, because those are no letters. */
const written = ({ column, grams, open }: Phrase) => `{${column}} : ("${grams.join(' ')}"${open ? ' *' : ''})`
