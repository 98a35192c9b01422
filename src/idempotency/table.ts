import { json, primaryKey, ref, str, table, time } from '../db/columns'

export const idempotency = table(
  'idempotency',
  {
    userId: ref<'user'>().notNull(),
    call: str().notNull(),
    key: str().notNull(),
    /** A hash of the request. */
    body: str().notNull(),
    result: json<unknown>().notNull(),
    createdAt: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.call, t.key] })],
)
