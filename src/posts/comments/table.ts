import { id, ref, str, table, time } from '../../db/columns'

export const comments = table('comments', {
  id: id<'comment'>(),
  postId: ref<'post'>().notNull(),
  authorId: ref<'user'>().notNull(),
  /** The comment that this one answers, which is itself no answer: there is only one level. */
  parentId: ref<'comment'>(),
  /** The text, which is emptied on deletion. The row stays for the sake of its answers. */
  text: str().notNull(),
  createdAt: time().notNull(),
  editedAt: time(),
  deletedAt: time(),
  /** While it is set, only the author and the staff see the comment, since it has a word of the host's list. */
  heldAt: time(),
})

export type Comment = typeof comments.$inferSelect
