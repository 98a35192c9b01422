import { primaryKey, ref, table, time } from '../db/columns'

/** Muted members. They are never told. */
export const mutes = table(
  'mutes',
  { muterId: ref<'user'>().notNull(), mutedId: ref<'user'>().notNull(), createdAt: time().notNull() },
  (t) => [primaryKey({ columns: [t.muterId, t.mutedId] })],
)
