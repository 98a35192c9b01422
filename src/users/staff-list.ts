import { and, desc, isNull, ne } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import type { Account, Person } from '../ports/people'
import { present, standing } from './person'
import { account, users } from './table'

/** Lists all accounts as the staff see them, newest first. */
export async function listAccounts(db: Reader, me: Pick<Person, 'id'>, wanted: Wanted) {
  const rows = await db
    .select({ ...account, ...standing(me) })
    .from(users)
    .where(and(isNull(users.deletedAt), before(wanted.cursor, users.createdAt, users.id)))
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
