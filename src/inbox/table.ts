import { bool, primaryKey, ref, table, time } from '../db/columns'

/** A copy of the visible posts of followed people, which makes reading fast. `at` is the post's `publishedAt`. */
export const inbox = table(
  'inbox',
  { userId: ref<'user'>().notNull(), at: time().notNull(), postId: ref<'post'>().notNull(), read: bool().notNull() },
  (t) => [primaryKey({ columns: [t.userId, t.at, t.postId] })],
)

/** The time up to which a person has read merged posts. */
export const readMarks = table('inbox_marks', { userId: ref<'user'>().primaryKey(), readTo: time().notNull() })
