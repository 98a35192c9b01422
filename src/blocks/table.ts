import { primaryKey, ref, table, time } from '../db/columns'

/** A block has one row, which names the person who blocked. It takes effect in both directions. */
export const blocks = table(
  'blocks',
  { blockerId: ref<'user'>().notNull(), blockedId: ref<'user'>().notNull(), createdAt: time().notNull() },
  (t) => [primaryKey({ columns: [t.blockerId, t.blockedId] })],
)
