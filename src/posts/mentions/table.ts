import { primaryKey, ref, table } from '../../db/columns'

/** The people who were notified of a mention, so that an edit does not notify them twice. */
export const mentions = table(
  'mentions',
  {
    userId: ref<'user'>().notNull(),
    postId: ref<'post'>().notNull(),
    /** 0 for the caption of the post. */
    commentId: ref<'comment'>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.postId, t.commentId] })],
)
