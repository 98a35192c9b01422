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

/** Takes a row out of an index. */
export const dropText = (tx: Tx, index: Index, id: number) => tx.delete(index).where(eq(index.rowid, id))

type Part = Phrase['column']

const indexed = (grams: string, part: Part): SQL<string> =>
  byEngine({ sqlite: sql`${grams}`, postgres: sql`${toVector(grams, part)}::tsvector` })

/** The weight of a gram tells in which column it stands. Servers of earlier versions search by it. */
const WEIGHTS: Record<Part, string> = { words: 'A', initials: 'B' }

/** Writes grams with their places, as in `'<se':1A 'sea':2A`. Grams hold no quotation marks, because those are no letters. */
export const toVector = (grams: string, part: Part): string =>
  grams
    .split(' ')
    .flatMap((gram, at) => (gram ? `'${gram}':${at + 1}${WEIGHTS[part]}` : []))
    .join(' ')

/** A search for rows that match these phrases, without those that match the closer ones. */
type Matching = { wanted: Phrase[]; closer: Phrase[] | null }

const matching = (write: (matching: Matching) => unknown) =>
  sql.param(sql.placeholder('matching'), { mapToDriverValue: write as (value: unknown) => unknown })

/** An SQL condition for the rows that match the placeholder `matching`, which `matchOf` makes. */
export const matches = (index: Index): SQL =>
  byEngine({
    sqlite: sql`${index} match ${matching(toFts5)}`,
    // The index tells at once which rows have the pieces, and these rows are read to see whether they follow each other.
    postgres: sql`(${index.words} || ${index.initials}) @@ ${matching(toPieces)}::tsquery and ${holds(index)}`,
  })

const before = sql.placeholder('before')
const from = sql.placeholder('from')

/**
 * An SQL condition for the first of two steps in which rows are found in the order of their ids: rows between the
 * placeholders `from` and `before`, which are near each other. `matchesBeyond` finds those before `from`. PostgreSQL finds
 * all rows before it puts them in order, so it reads the near ones instead of looking them up. SQLite finds rows in
 * order, and does all of it in the second step.
 */
export const matchesNear = (index: Index): SQL =>
  byEngine({
    sqlite: sql`${index} match '"<>"'`, // an empty word, which no text has
    postgres: sql`${index.rowid} < ${before} and ${index.rowid} >= ${from} and ${holds(index)}`,
  })

/** The second step of `matchesNear`: the rows before `from`, or in SQLite all rows before `before`. */
export const matchesBeyond = (index: Index): SQL =>
  sql`${matches(index)} and ${byEngine({
    sqlite: sql`${index.rowid} < ${before}`,
    postgres: sql`${index.rowid} + 0 < ${from}`, // not by the index of ids, which would be read as a whole
  })}`

/**
 * Looks each phrase up in its own column, since joining the columns takes PostgreSQL eight times as long. Phrases of a
 * column that a query does not need are null, and `coalesce` leaves them out.
 */
function holds({ words, initials }: Index): SQL {
  const all = (of: (matching: Matching) => Phrase[]) => {
    const part = (column: Column, name: Part) =>
      sql`coalesce(${column} @@ ${matching((matching) => toTsquery(of(matching), name))}::tsquery, true)`
    return sql`(${part(words, 'words')} and ${part(initials, 'initials')})`
  }
  return sql`${all(({ wanted }) => wanted)} and not ${all(({ closer }) => closer ?? [NOTHING])}`
}

/** An empty word, which no text has. */
const NOTHING: Phrase = { column: 'words', grams: ['<>'], open: false }

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

/** The phrases of a column for PostgreSQL, or null when there are none. */
function toTsquery(phrases: Phrase[], part: Part): string | null {
  const write = ({ grams, open }: Phrase) => grams.map((gram) => `'${gram}'${open ? ':*' : ''}`).join(' <-> ')
  const all = phrases.filter(({ column }) => column === part).map((phrase) => `(${write(phrase)})`)
  return all.join(' & ') || null
}

/**
 * Pieces that a row needs, wherever they stand. Every other piece of a phrase has all its characters and tells rows apart
 * nearly as well, in a third of the time.
 */
const toPieces = ({ wanted }: Matching): string =>
  wanted
    .flatMap(({ grams, open }) =>
      grams.filter((_, at) => at % 2 === 0 || at === grams.length - 1).map((gram) => `'${gram}'${open ? ':*' : ''}`),
    )
    .join(' & ')
