import type { Effect, FlagField, FlagOutcome } from '../../shapes/words'
import { bool, id, json, ref, str, table, time } from '../db/columns'

/** The words that the host does not want, and what happens to a text with one. */
export const wordFilters = table('word_filters', {
  id: id(),
  word: str().notNull().unique(),
  effect: str().$type<Effect>().notNull(),
  /** Whether only the whole word counts, not a part of another one. */
  whole: bool().notNull().default(false),
  createdAt: time().notNull(),
})

export type WordFilter = typeof wordFilters.$inferSelect

/** Texts in which a word of the list was found, for the staff to look at. */
export const flags = table('flags', {
  id: id(),
  at: time().notNull(),
  effect: str().$type<Exclude<Effect, 'refuse'>>().notNull(),
  words: json<string[]>().notNull(),
  field: str().$type<FlagField>().notNull(),
  userId: ref<'user'>().notNull(),
  postId: ref<'post'>(),
  commentId: ref<'comment'>(),
  /** The text as it was written, until somebody has decided or its post or comment is deleted. */
  text: str(),
  /** Null while nobody has decided, like the outcome. */
  settledAt: time(),
  settledBy: ref<'user'>(),
  outcome: str().$type<FlagOutcome>(),
})

export type Flag = typeof flags.$inferSelect
