import { id, ref, str, table, time } from '../../db/columns'

export const comments = table('comments', {
  id: id(),
  postId: ref().notNull(),
  authorId: ref().notNull(),
  /** The comment it answers; there is one level, so that one has none. */
  parentId: ref(),
  /** Empty once it is deleted: the row stays for those who answered it. */
  text: str().notNull(),
  createdAt: time().notNull(),
  editedAt: time(),
  deletedAt: time(),
})

export type Comment = typeof comments.$inferSelect
