import { type Column, eq, type SQL, sql } from 'drizzle-orm'
import { byEngine } from './by-engine'
import { ref, str, table } from './columns'
import type { Tx } from './open'
import { CLOSENESS, type Closeness, type Phrase, toGrams, toPhrases } from './search-text'

/**
 * The search indexes: FTS5 tables of SQLite, and `tsvector` columns of PostgreSQL. Everything that is special about them
 * is in this file. FTS5's own trigrams find no word of two letters, which most Korean and Chinese words are; ours are
 * pieces that become shorter at the end of a word (see `search-text.ts`).
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
  const { words, initials } = toGrams(text)
  if (!words) return
  await tx.insert(index).values({ rowid: id, words: indexed(words, 'words'), initials: indexed(initials, 'initials') })
}

export const dropText = (tx: Tx, index: Index, id: number) => tx.delete(index).where(eq(index.rowid, id))

type Part = Phrase['column']

const indexed = (grams: string, part: Part): SQL<string> =>
  byEngine({ sqlite: sql`${grams}`, postgres: sql`${toVector(grams, part)}::tsvector` })

/** PostgreSQL searches both columns at once. The weight of a gram tells which of them it stands in. */
const WEIGHTS: Record<Part, string> = { words: 'A', initials: 'B' }

/** Writes grams with their places, as in `'<se':1A 'sea':2A`. Grams hold no quotation marks, because those are no letters. */
export const toVector = (grams: string, part: Part): string =>
  grams
    .split(' ')
    .flatMap((gram, at) => (gram ? `'${gram}':${at + 1}${WEIGHTS[part]}` : []))
    .join(' ')

/** A search for rows that match these phrases, without those that match the closer ones. */
type Matching = { wanted: Phrase[]; closer: Phrase[] | null }

/** An SQL condition for the rows that match the placeholder `matching`, which `matchOf` makes. */
export const matches = (index: Index): SQL => {
  const matching = (write: (matching: Matching) => string) =>
    sql.param(sql.placeholder('matching'), { mapToDriverValue: write as (value: unknown) => string })
  return byEngine({
    sqlite: sql`${index} match ${matching(toFts5)}`,
    postgres: sql`(${index.words} || ${index.initials}) @@ ${matching(toTsquery)}::tsquery`,
  })
}

/**
 * An SQL condition: the caption of a post holds a phrase, whose pieces are in columns (see `phraseOf`). Grams hold no
 * quotation marks, so that they can be put into a query as they are. No caption holds a phrase that is null.
 */
export function captionHolds(postId: Column, phrase: { grams: Column; open: Column }): SQL {
  const open = phrase.open
  const grams = sql`coalesce(${phrase.grams}, '<>')` // an empty word, which no caption has
  return sql`exists (
    select 1 from ${captions} where ${captions.rowid} = ${postId} and ${byEngine({
      sqlite: sql`${captions} match ('{words} : ("' || ${grams} || '"' || iif(${open}, ' *', '') || ')')`,
      postgres: sql`${captions.words} @@ (
        '''' || replace(${grams}, ' ', ''':A <-> ''') || ''':' || case when ${open} then '*' else '' end || 'A'
      )::tsquery`,
    })}
  )`
}

/**
 * Describes a search for rows that match the words this closely and no closer. The words come from `wordsOf`. Returns
 * null when nothing can match.
 */
export function matchOf(words: string[], closeness: Closeness): Matching | null {
  const phrasesOf = (how: Closeness | undefined) => (how && words.length ? toPhrases(words, how) : null)
  const wanted = phrasesOf(closeness)
  return wanted && { wanted, closer: phrasesOf(CLOSENESS[CLOSENESS.indexOf(closeness) - 1]) }
}

function toFts5({ wanted, closer }: Matching): string {
  const all = (phrases: Phrase[]) =>
    phrases.map(({ column, grams, open }) => `{${column}} : ("${grams.join(' ')}"${open ? ' *' : ''})`).join(' AND ')
  return closer ? `(${all(wanted)}) NOT (${all(closer)})` : all(wanted)
}

function toTsquery({ wanted, closer }: Matching): string {
  const phrase = ({ column, grams, open }: Phrase) =>
    grams.map((gram) => `'${gram}':${open ? '*' : ''}${WEIGHTS[column]}`).join(' <-> ')
  const all = (phrases: Phrase[]) => `(${phrases.map((each) => `(${phrase(each)})`).join(' & ')})`
  return closer ? `${all(wanted)} & !${all(closer)}` : all(wanted)
}
