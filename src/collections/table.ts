import { id, primaryKey, ref, str, table, time } from '../db/columns'

/** A named part of somebody's bookmarks. Nobody else sees it. */
export const collections = table('collections', {
  id: id<'collection'>(),
  userId: ref<'user'>().notNull(),
  name: str().notNull(),
  createdAt: time().notNull(),
})

export const collected = table(
  'collected',
  { collectionId: ref<'collection'>().notNull(), postId: ref<'post'>().notNull(), at: time().notNull() },
  (t) => [primaryKey({ columns: [t.collectionId, t.postId] })],
)
