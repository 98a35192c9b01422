import { bool, primaryKey, ref, table, time } from '../db/columns'

/** A copy, for speed, of the visible posts of whom one follows now. `at` is the post's `publishedAt`. */
export const inbox = table(
  'inbox',
  { userId: ref().notNull(), at: time().notNull(), postId: ref().notNull(), read: bool().notNull() },
  (t) => [primaryKey({ columns: [t.userId, t.at, t.postId] })],
)

/** Up to when somebody has read of what is merged. */
export const marks = table('inbox_marks', { userId: ref().primaryKey(), readTo: time().notNull() })
