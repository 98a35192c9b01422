import { inArray } from 'drizzle-orm'
import type { ActionDetails, ActionKind } from '../../shapes/actions'
import type { Tx } from '../db/open'
import { logAfterwards } from '../db/tell'
import type { Person } from '../ports/people'
import { users } from '../users/table'
import { actions } from './table'

/** The person who does something; null is the command line. */
export type Doer = Pick<Person, 'id'> | null

type Deed<K extends ActionKind> = {
  kind: K
  by: Doer
  /** The person whom it concerns. */
  on?: Pick<Person, 'id'>
  reason?: string | null | undefined
} & (ActionDetails[K] extends Record<string, never> ? { detail?: never } : { detail: ActionDetails[K] })

/** Records what was done, in the transaction that does it, and logs it once that has committed. */
export async function record<K extends ActionKind>(
  tx: Tx,
  { kind, by, on, reason, detail }: Deed<K>,
  at: Date,
): Promise<void> {
  await tx
    .insert(actions)
    .values({ at, kind, staffId: by?.id ?? null, userId: on?.id ?? null, reason: reason || null, detail: detail ?? {} })
  const handles = await handlesOf(tx, [by, on])
  const who = { by: by && handles.get(by.id), on: on && handles.get(on.id) }
  logAfterwards(tx, 'Action', { kind, ...who, reason: reason || undefined, ...detail })
}

async function handlesOf(tx: Tx, people: (Pick<Person, 'id'> | null | undefined)[]): Promise<Map<number, string>> {
  const ids = people.flatMap((person) => (person ? [person.id] : []))
  if (!ids.length) return new Map()
  const rows = await tx.select({ id: users.id, handle: users.handle }).from(users).where(inArray(users.id, ids))
  return new Map(rows.map(({ id, handle }) => [id, handle]))
}
