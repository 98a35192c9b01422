import { eq, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../../db/open'
import { users } from '../table'
import { passkeys } from './table'

/** The host names that passkeys belong to: how many people have some there, and how many of those have no password. */
export const hostsOfPasskeys = (db: Reader) =>
  db
    .select({
      host: passkeys.host,
      people: sql<number>`count(distinct ${users.id})`.mapWith(Number),
      stranded: sql<number>`count(distinct case when ${users.passwordHash} = '' then ${users.id} end)`.mapWith(Number),
    })
    .from(passkeys)
    .innerJoin(users, eq(users.id, passkeys.userId))
    .where(isNull(users.deletedAt))
    .groupBy(passkeys.host)
    .orderBy(passkeys.host)
