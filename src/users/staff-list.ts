import { and, type Column, eq, gte, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { PeopleFilter } from '../../shapes/people'
import { alias, isTrue } from '../db/columns'
import type { Reader } from '../db/open'
import { toPage, type Wanted } from '../db/page'
import { invites } from '../invites/table'
import type { Account } from '../ports/people'
import { nobodyFound } from './model'
import { isSuspended, ofStaff, present, type Standing, standing } from './person'
import { account, users } from './table'

/** Matches a part of the handle or the name; administrators also search email addresses, which only they see. */
function matching({ role }: Pick<Account, 'role'>, q = '') {
  const part = q.trim().replace(/^@/, '').toLowerCase()
  if (!part) return undefined
  const has = (column: Column) => sql`lower(${column}) like ${`%${part.replace(/[!%_]/g, '!$&')}%`} escape '!'`
  return or(has(users.handle), has(users.displayName), role === 'admin' ? has(users.email) : undefined)
}

const DAY_MS = 24 * 3600_000

/** When the person was last seen, as a number. Whoever never was comes after all others. */
const seen = sql<number>`coalesce(${users.seenAt}, 0)`

/** Matches times within a number of days before now or, when the number is negative, times before those days. */
function within(time: SQL, days: number | undefined, now: Date) {
  if (!days) return undefined
  const limit = sql`${+now - Math.abs(days) * DAY_MS}`
  return days > 0 ? gte(time, limit) : lt(time, limit)
}

const STATES: Record<NonNullable<PeopleFilter['state']>, SQL | undefined> = {
  active: present,
  waiting: and(isNotNull(users.waitingAt), isNull(users.refusedAt)),
  refused: isNotNull(users.refusedAt),
  unconfirmed: isTrue(users.mustConfirm),
  suspended: isSuspended,
  leaving: isNotNull(users.eraseAt),
}

const sought = (me: Pick<Account, 'role'>, { q, role, state, seen: days, joined, storage }: PeopleFilter, now: Date) =>
  and(
    isNull(users.deletedAt),
    matching(me, q),
    role && and(eq(users.role, role), role === 'member' ? undefined : ofStaff),
    state && STATES[state],
    within(seen, days, now),
    within(sql`${users.createdAt}`, joined, now),
    storage === undefined ? undefined : gte(users.storageUsed, storage * 1024 ** 2),
  )

type Sort = NonNullable<PeopleFilter['sort']>

/** The value by which each order sorts, in SQL and of a row, and whether the greatest comes first. */
const SORTS: Record<Sort, { by: SQL; of: (row: Account) => number; first: 'greatest' | 'least' }> = {
  newest: { by: sql`${users.createdAt}`, of: ({ createdAt }) => +createdAt, first: 'greatest' },
  oldest: { by: sql`${users.createdAt}`, of: ({ createdAt }) => +createdAt, first: 'least' },
  seen: { by: seen, of: ({ seenAt }) => +(seenAt ?? 0), first: 'greatest' },
  unseen: { by: seen, of: ({ seenAt }) => +(seenAt ?? 0), first: 'least' },
  storage: { by: sql`${users.storageUsed}`, of: ({ storageUsed }) => storageUsed, first: 'greatest' },
}

/** A person as the staff see them, with the handle of whoever invited them. */
export type AccountRow = Account & Standing & { invitedBy: string | null }

const inviter = alias(users, 'inviter')

/** Lists the accounts that the staff look for, newest first unless another order is asked for. */
export async function listAccounts(
  db: Reader,
  me: Pick<Account, 'id' | 'role'>,
  wanted: Wanted,
  filter: PeopleFilter,
  now: Date,
) {
  const { by, of, first } = SORTS[filter.sort ?? 'newest']
  const { cursor, limit } = wanted
  const compare = first === 'greatest' ? sql`<` : sql`>`
  const direction = first === 'greatest' ? sql`desc` : sql`asc`
  const after = cursor ? sql`(${by}, ${users.id}) ${compare} (${+cursor.at}, ${cursor.id})` : undefined
  const rows = await selectAccounts(db, me)
    .where(and(sought(me, filter, now), after))
    .orderBy(sql`${by} ${direction}`, sql`${users.id} ${direction}`)
    .limit(limit + 1)
  return toPage(rows, wanted, (row) => ({ at: new Date(of(row)), id: row.id }))
}

/** Selects accounts as the staff see them. */
export const selectAccounts = (db: Reader, me: Pick<Account, 'id'>) =>
  db
    .select({
      ...account,
      ...standing(me),
      invitedBy: sql<string | null>`case when ${inviter.deletedAt} is null then ${inviter.handle} end`.as('invited_by'),
    })
    .from(users)
    .leftJoin(invites, eq(invites.id, users.inviteId))
    .leftJoin(inviter, eq(inviter.id, invites.createdBy))

/** Finds an account as the staff see it, also one that was deleted. Throws `not_found`. */
export async function findDeskAccount(db: Reader, me: Pick<Account, 'id'>, id: number): Promise<AccountRow> {
  const [row] = await selectAccounts(db, me).where(eq(users.id, id))
  return row ?? nobodyFound()
}

export type Totals = { users: number; posts: number; bytes: number }

/**
 * Counts the accounts that are not deleted, also those that are suspended or wait, and adds up what is counted in each
 * account: published posts, and the bytes of files with all that was made of them. Reading the posts and the files
 * instead would take a second in a large community, in which nobody else is answered.
 */
export async function totalsOf(db: Reader): Promise<Totals> {
  const [totals] = await db
    .select({
      users: sql`count(*) filter (where ${users.deletedAt} is null)`.mapWith(Number),
      posts: sql`coalesce(sum(${users.posts}), 0)`.mapWith(Number),
      bytes: sql`coalesce(sum(${users.storageUsed}), 0)`.mapWith(Number),
    })
    .from(users)
  return totals!
}

/** Lists the staff, who are notified of reports and the like. */
export const listStaff = (db: Reader): Promise<Pick<Account, 'id' | 'role'>[]> =>
  db.select({ id: users.id, role: users.role }).from(users).where(and(ofStaff, present))
