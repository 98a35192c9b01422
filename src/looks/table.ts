import { id, int, ref, table, time } from '../db/columns'

/**
 * Links by which somebody without an account sees one post. A link belongs to the first browser that opens it, which
 * then looks `times` times, or for `hours`.
 */
export const looks = table('looks', {
  id: id<'look'>(),
  postId: ref<'post'>().notNull(),
  giverId: ref<'user'>().notNull(),
  /** The coins that the giver paid, including the fee; 0 when the author gives the link. */
  coins: int().notNull().default(0),
  fee: int().notNull().default(0),
  transferId: ref<'transfer'>().unique(),
  times: int(),
  hours: int(),
  /** How many looks have begun. */
  used: int().notNull().default(0),
  createdAt: time().notNull(),
  /** Until when the link has to be opened. */
  expiresAt: time().notNull(),
  firstAt: time(),
  /** The end of the look that was begun last. */
  openUntil: time(),
  endedAt: time(),
  refundId: ref<'transfer'>().unique(),
})

export type Look = typeof looks.$inferSelect
