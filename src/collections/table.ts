import { id, int, primaryKey, ref, str, table, time } from '../db/columns'

/** A named part of somebody's bookmarks. Nobody else sees it. */
export const collections = table('collections', {
  id: id<'collection'>(),
  userId: ref<'user'>().notNull(),
  name: str().notNull(),
  createdAt: time().notNull(),
  /** The highest place is at the top of the list. */
  place: int().notNull().default(0),
})

export const collected = table(
  'collected',
  {
    collectionId: ref<'collection'>().notNull(),
    postId: ref<'post'>().notNull(),
    at: time().notNull(),
    /** The highest place comes first in the collection. */
    place: int().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.collectionId, t.postId] })],
)
