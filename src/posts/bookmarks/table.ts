import { primaryKey, ref, table, time } from '../../db/columns'

export const bookmarks = table(
  'bookmarks',
  { userId: ref<'user'>().notNull(), postId: ref<'post'>().notNull(), at: time().notNull() },
  (t) => [primaryKey({ columns: [t.userId, t.postId] })],
)
