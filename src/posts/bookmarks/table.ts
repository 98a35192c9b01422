import { primaryKey, ref, table, time } from '../../db/columns'

export const bookmarks = table(
  'bookmarks',
  { userId: ref().notNull(), postId: ref().notNull(), at: time().notNull() },
  (t) => [primaryKey({ columns: [t.userId, t.postId] })],
)
