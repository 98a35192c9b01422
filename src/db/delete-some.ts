import { and, inArray, type SQL } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Tx } from './open'

/**
 * Deletes some of the rows of a table that match, so that no transaction takes long. `key` is the column that tells
 * these rows apart, `most` of whose values are taken. Returns the key of each deleted row; as many as `most` mean that
 * there may be more.
 */
export async function deleteSome<Key extends SQLiteColumn>(
  tx: Tx,
  from: SQLiteTable,
  which: SQL | undefined,
  { key, most }: { key: Key; most: number },
): Promise<Key['_']['data'][]> {
  const some = tx.select({ key }).from(from).where(which).limit(most)
  const rows = await tx
    .delete(from)
    .where(and(which, inArray(key, some)))
    .returning({ key })
  return rows.map((row) => row.key)
}
