import { primaryKey, ref, table } from '../../db/columns'

/** Who was told that a text names them, so that no edit tells them twice. */
export const mentions = table(
  'mentions',
  {
    userId: ref().notNull(),
    postId: ref().notNull(),
    /** 0 is the post's caption. */
    commentId: ref().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.postId, t.commentId] })],
)
