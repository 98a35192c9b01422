import { and, asc, count, desc, eq, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm'
import { MOST_AT_ONCE } from '../../shapes/people'
import type { Reader } from '../db/open'
import { before, type Page, toPage, type Wanted } from '../db/page'
import type { Account, Person } from '../ports/people'
import { type AccountRow, selectAccounts } from '../users/staff-list'
import { users } from '../users/table'
import { invites } from './table'

type Somebody = Pick<Person, 'id'>

/** Somebody who was invited, and how many people they invited themselves. */
export type InvitedRow = AccountRow & { invited: number }

/** Lists the people whom somebody invited, newest first. */
export async function listInvited(
  db: Reader,
  me: Pick<Account, 'id'>,
  { id }: Somebody,
  wanted: Wanted,
): Promise<Page<InvitedRow>> {
  const theirs = and(eq(invites.createdBy, id), isNull(users.deletedAt))
  const rows = await selectAccounts(db, me)
    .where(and(theirs, before(wanted.cursor, users.createdAt, users.id)))
    .orderBy(desc(users.createdAt), desc(users.id))
    .limit(wanted.limit + 1)
  const page = toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
  const invited = await countInvited(
    db,
    page.items.map((row) => row.id),
  )
  return { ...page, items: page.items.map((row) => ({ ...row, invited: invited.get(row.id) ?? 0 })) }
}

async function countInvited(db: Reader, ids: number[]): Promise<Map<number | null, number>> {
  if (!ids.length) return new Map()
  const rows = await db
    .select({ by: invites.createdBy, n: count() })
    .from(users)
    .innerJoin(invites, eq(invites.id, users.inviteId))
    .where(and(inArray(invites.createdBy, ids), isNull(users.deletedAt)))
    .groupBy(invites.createdBy)
  return new Map(rows.map(({ by, n }) => [by, n]))
}

/** The most people between somebody and the first of their line that are shown. */
const MOST_ABOVE = 50

/** Finds who invited somebody, who invited that person, and so on, the first one first. */
export async function findLine(db: Reader, { id }: Somebody): Promise<{ handle: string | null }[]> {
  const line: { handle: string | null }[] = []
  const known = new Set<number>()
  for (let at: number | null = id; at !== null && !known.has(at) && line.length < MOST_ABOVE; ) {
    known.add(at)
    const [used]: { by: number | null }[] = await db
      .select({ by: invites.createdBy })
      .from(users)
      .innerJoin(invites, eq(invites.id, users.inviteId))
      .where(eq(users.id, at))
    at = used?.by ?? null
    if (at !== null) line.unshift({ handle: await handleOf(db, at) })
  }
  return line
}

async function handleOf(db: Reader, id: number): Promise<string | null> {
  const [user] = await db
    .select({ handle: users.handle })
    .from(users)
    .where(and(eq(users.id, id), isNull(users.deletedAt)))
  return user?.handle ?? null
}

/** The ids of somebody and of all whom they invited, directly or through others. */
const branchOf = ({ id }: Somebody): SQL => sql`(
  with recursive branch (id) as (
    select root.id from users as root where root.id = ${id}
    union
    select joined.id from users as joined
      join invites as used on used.id = joined.invite_id
      join branch on branch.id = used.created_by
  )
  select id from branch
)`

/** Counts all whom somebody invited, directly or through others. */
export const countBelow = (db: Reader, user: Somebody): Promise<number> =>
  db.$count(users, and(sql`${users.id} in ${branchOf(user)}`, ne(users.id, user.id), isNull(users.deletedAt)))

/** The handles of people of a branch who are not suspended, at most as many as can be suspended at once. */
export async function handlesOfBranch(db: Reader, user: Somebody): Promise<string[]> {
  const rows = await db
    .select({ handle: users.handle })
    .from(users)
    .where(and(sql`${users.id} in ${branchOf(user)}`, isNull(users.deletedAt), isNull(users.suspendedAt)))
    .orderBy(asc(users.id))
    .limit(MOST_AT_ONCE)
  return rows.map(({ handle }) => handle)
}
