import { primaryKey, ref, table, time } from '../db/columns'

/** Posts that do not interest a person, who is not shown them unasked any more. Their authors are never told. */
export const mutedPosts = table(
  'muted_posts',
  { userId: ref<'user'>().notNull(), postId: ref<'post'>().notNull(), createdAt: time().notNull() },
  (t) => [primaryKey({ columns: [t.userId, t.postId] })],
)
