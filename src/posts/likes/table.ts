import { primaryKey, ref, table, time } from '../../db/columns'

export const likes = table(
  'likes',
  { postId: ref<'post'>().notNull(), userId: ref<'user'>().notNull(), at: time().notNull() },
  (t) => [primaryKey({ columns: [t.postId, t.userId] })],
)
