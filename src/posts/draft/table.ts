import type { Visibility } from '../../../shapes/posts'
import { bool, int, ref, str, table, time } from '../../db/columns'

/** The one post that a person is making. */
export const drafts = table('drafts', {
  userId: ref<'user'>().primaryKey(),
  caption: str().notNull(),
  price: int().notNull(),
  visibility: str().$type<Visibility>().notNull(),
  sensitive: bool().notNull(),
  adultsOnly: bool().notNull().default(false),
  publishAt: time(),
  /** The collection of the author into which the post will be put. */
  collectionId: ref<'collection'>(),
  savedAt: time().notNull(),
})

export type Draft = typeof drafts.$inferSelect

/** The files of drafts. They are in no post yet. */
export const draftFiles = table('draft_files', {
  fileId: ref<'file'>().primaryKey(),
  userId: ref<'user'>().notNull(),
  position: int().notNull(),
})
