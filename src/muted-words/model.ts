import { and, desc, eq, sql } from 'drizzle-orm'
import { isTag, tagKey } from '../../shapes/tags'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { phraseOf } from '../db/search-text'
import { touch } from '../db/tell'
import type { Person } from '../ports/people'
import { invalidFields, Problem } from '../problem'
import { mutedWords } from './table'

type Me = Pick<Person, 'id'>

/** A person can mute this many, since every list of posts compares them. */
const MOST = 100

/** How a text is stored and compared; null when there is nothing to compare in it. */
function meaningOf(text: string) {
  const tag = text.startsWith('#') ? tagKey(text.slice(1)) : ''
  if (tag && isTag(tag)) return { text: `#${tag}`, tag, grams: null, open: false }
  const phrase = phraseOf(text)
  return phrase && { tag: null, ...phrase }
}

/** Mutes a word, a few words in a row or a tag. Returns the row, and whether it is new. */
export async function muteWord(tx: Tx, me: Me, text: string, now: Date) {
  const meant = meaningOf(text)
  if (!meant) throw invalidFields({ path: 'text', message: 'Enter a word or a #tag.' })
  const own = eq(mutedWords.userId, me.id)
  const [known] = await tx
    .select()
    .from(mutedWords)
    .where(and(own, eq(mutedWords.text, meant.text)))
    .limit(1)
  if (known) return { word: known, isNew: false }
  if ((await tx.$count(mutedWords, own)) >= MOST)
    throw new Problem('conflict', 'You can mute at most 100 words. Unmute one first.', { code: 'too_many_words' })
  const [word] = await tx
    .insert(mutedWords)
    .values({ ...meant, userId: me.id, createdAt: now })
    .returning()
  touch(tx, me.id, 'inbox')
  return { word: word!, isNew: true }
}

/** Ends the mute of a word. Doing it twice, or for a word of somebody else, changes nothing. */
export async function unmuteWord(tx: Tx, me: Me, id: number): Promise<void> {
  const mine = and(eq(mutedWords.id, id), eq(mutedWords.userId, me.id))
  const ended = await tx.delete(mutedWords).where(mine).returning({ id: mutedWords.id })
  if (ended.length) touch(tx, me.id, 'inbox')
}

/** Lists what a person mutes, newest first. */
export async function listMutedWords(db: Reader, me: Me, wanted: Wanted) {
  const rows = await ofPerson(db).execute({ id: me.id, ...placeholdersOf(wanted) })
  return toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
}

const ofPerson = prepared((db: Reader) =>
  db
    .select()
    .from(mutedWords)
    .where(and(eq(mutedWords.userId, sql.placeholder('id')), beforePlaceholder(mutedWords.createdAt, mutedWords.id)))
    .orderBy(desc(mutedWords.createdAt), desc(mutedWords.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

/** Erases the muted words of a deleted account, of which there are few. */
export async function eraseMutedWordsOf(tx: Tx, user: Me): Promise<boolean> {
  await tx.delete(mutedWords).where(eq(mutedWords.userId, user.id))
  return false
}
