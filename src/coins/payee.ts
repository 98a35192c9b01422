import { and } from 'drizzle-orm'
import { refuseBlocked } from '../blocks/refuse-blocked'
import type { Reader } from '../db/open'
import type { Person } from '../ports/people'
import { nobodyFound } from '../users/model'
import { isCalled, present } from '../users/person'
import { person, users } from '../users/table'

/** Finds a person who can receive coins or gifts: neither deleted nor suspended, and without a block between us. */
export async function findPayee(db: Reader, me: Pick<Person, 'id'>, handle: string): Promise<Person> {
  const [user] = await db
    .select(person)
    .from(users)
    .where(and(isCalled(handle), present))
    .limit(1)
  if (!user) return nobodyFound()
  await refuseBlocked(db, me, user)
  return user
}
