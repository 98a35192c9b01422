import { bool, id, ref, str, table, time } from '../db/columns'

/** A word, a few words in a row or a tag, whose posts a person does not want to come across. */
export const mutedWords = table('muted_words', {
  id: id<'mutedWord'>(),
  userId: ref<'user'>().notNull(),
  /** The list shows this: a tag with its `#`, or words as they are compared. */
  text: str().notNull(),
  /** The tag; null for words. */
  tag: str(),
  /** The pieces of the words that the search index holds in this order; null for a tag. */
  grams: str(),
  /** Whether the last piece may be only the beginning of one. */
  open: bool().notNull().default(false),
  createdAt: time().notNull(),
})
