import { primaryKey, ref, table, time } from '../db/columns'

/** Written once, by whoever made it; it works both ways. */
export const blocks = table(
  'blocks',
  { blockerId: ref().notNull(), blockedId: ref().notNull(), createdAt: time().notNull() },
  (t) => [primaryKey({ columns: [t.blockerId, t.blockedId] })],
)
