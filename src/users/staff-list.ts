import { and, type Column, desc, isNull, ne, or, sql } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import type { Account } from '../ports/people'
import { present, standing } from './person'
import { account, users } from './table'

/** Matches a part of the handle or the name; administrators also search email addresses, which only they see. */
function matching({ role }: Pick<Account, 'role'>, q: string) {
  const part = q.trim().replace(/^@/, '').toLowerCase()
  if (!part) return undefined
  const has = (column: Column) => sql`lower(${column}) like ${`%${part.replace(/[!%_]/g, '!$&')}%`} escape '!'`
  return or(has(users.handle), has(users.displayName), role === 'admin' ? has(users.email) : undefined)
}

/** Lists all accounts as the staff see them, newest first, or those that match what was searched for. */
export async function listAccounts(db: Reader, me: Pick<Account, 'id' | 'role'>, wanted: Wanted, q = '') {
  const rows = await db
    .select({ ...account, ...standing(me) })
    .from(users)
    .where(and(isNull(users.deletedAt), matching(me, q), before(wanted.cursor, users.createdAt, users.id)))
    .orderBy(desc(users.createdAt), desc(users.id))
    .limit(wanted.limit + 1)
  return toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
}

export const countUsers = (db: Reader): Promise<number> => db.$count(users, isNull(users.deletedAt))

/** Lists the staff, who are notified of reports and the like. */
export const listStaff = (db: Reader): Promise<Pick<Account, 'id' | 'role'>[]> =>
  db
    .select({ id: users.id, role: users.role })
    .from(users)
    .where(and(ne(users.role, 'member'), present))
