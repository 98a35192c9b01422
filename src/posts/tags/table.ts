import { id, int, primaryKey, ref, str, table, time } from '../../db/columns'

export const tags = table('tags', {
  id: id<'tag'>(),
  tag: str().notNull().unique(),
  /** How many published posts have the tag, whoever may see them. It only decides the order of tags. */
  posts: int().notNull().default(0),
})

/** The tags of published posts. */
export const tagged = table(
  'tagged',
  {
    tagId: ref<'tag'>().notNull(),
    /** When the post was published. */
    at: time().notNull(),
    postId: ref<'post'>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tagId, t.at, t.postId] })],
)
