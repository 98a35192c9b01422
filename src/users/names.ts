import { and, asc, gt, isNull } from 'drizzle-orm'
import { dropText, names, putText } from '../db/full-text'
import type { Tx } from '../db/open'
import { users } from './table'

type Named = { id: number; handle: string; displayName: string }

/** Makes a person found by handle and name. */
export const indexNames = (tx: Tx, { id, handle, displayName }: Named): Promise<void> =>
  putText(tx, names, id, `${handle} ${displayName}`)

/** Takes a person out of what searches find. */
export const forgetNames = (tx: Tx, { id }: Pick<Named, 'id'>) => dropText(tx, names, id)

/** Indexes a batch of older accounts; returns the id of the last one, or undefined when there are no more. */
export async function indexNamesAfter(tx: Tx, after: number, most: number): Promise<number | undefined> {
  const rows = await tx
    .select({ id: users.id, handle: users.handle, displayName: users.displayName })
    .from(users)
    .where(and(gt(users.id, after), isNull(users.deletedAt)))
    .orderBy(asc(users.id))
    .limit(most)
  for (const row of rows) await indexNames(tx, row)
  return rows.at(-1)?.id
}
