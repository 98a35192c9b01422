import { count, desc, eq, max } from 'drizzle-orm'
import { MOST_WORDS, type WordJson } from '../../shapes/words'
import { type Doer, record } from '../actions/record'
import type { Reader, Store, Tx } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import type { Judge } from '../ports/words'
import { Problem } from '../problem'
import { judgeBy } from './match'
import { type WordFilter, wordFilters } from './table'

export const wordJson = ({ createdAt, ...word }: WordFilter): WordJson => ({
  ...word,
  createdAt: createdAt.toISOString(),
})

/** Lists the words, newest first. */
export async function listWords(db: Reader, wanted: Wanted) {
  const rows = await db
    .select()
    .from(wordFilters)
    .where(before(wanted.cursor, wordFilters.createdAt, wordFilters.id))
    .orderBy(desc(wordFilters.createdAt), desc(wordFilters.id))
    .limit(wanted.limit + 1)
  return toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
}

type Draft = Pick<WordFilter, 'word' | 'effect' | 'whole'>

/** Adds a word, or changes what happens to a text with it. Both get a new id, by which servers notice the change. */
export async function addWord(tx: Tx, by: Doer, draft: Draft, now: Date): Promise<WordFilter> {
  await tx.delete(wordFilters).where(eq(wordFilters.word, draft.word))
  if ((await tx.$count(wordFilters)) >= MOST_WORDS)
    throw new Problem('conflict', 'There can be at most 1,000 words. Remove one first.', { code: 'too_many' })
  const [row] = await tx
    .insert(wordFilters)
    .values({ ...draft, createdAt: now })
    .returning()
  await record(tx, { kind: 'word_added', by, detail: { word: draft.word, effect: draft.effect } }, now)
  return row!
}

/** Takes a word off the list. Texts that wait because of it go on waiting. */
export async function removeWord(tx: Tx, by: Doer, id: number, now: Date): Promise<void> {
  const [gone] = await tx.delete(wordFilters).where(eq(wordFilters.id, id)).returning()
  if (gone) await record(tx, { kind: 'word_removed', by, detail: { word: gone.word } }, now)
}

// Prepared, since it runs after every commit.
const revision = prepared((db: Reader) =>
  db
    .select({ n: count(), last: max(wordFilters.id) })
    .from(wordFilters)
    .prepare(),
)

/** Keeps the list in memory as patterns. They are made again when the list has changed, also by another process. */
export async function watchWords({ db, onChange }: Pick<Store, 'db' | 'onChange'>): Promise<Judge> {
  let known = ''
  let judge: Judge = () => null
  async function look() {
    const [row] = await revision(db).execute()
    const now = `${row?.n} ${row?.last}`
    if (now === known) return
    judge = judgeBy(await db.select().from(wordFilters))
    known = now
  }
  await look()
  onChange(look, [wordFilters])
  return (text) => judge(text)
}
