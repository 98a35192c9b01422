import { and, eq, isNotNull, or } from 'drizzle-orm'
import type { AgeRule } from '../../../shapes/age'
import { type Doer, record } from '../../actions/record'
import type { Tx } from '../../db/open'
import { touch, touchEverybody } from '../../db/tell'
import { revokeFilesForAdults } from '../../files/for-adults'
import type { Account, Person } from '../../ports/people'
import { invalidFields } from '../../problem'
import { instantOf } from '../../time-zone'
import { raiseEpoch } from '../model'
import { users } from '../table'

type Who = Pick<Person, 'id'>

/**
 * The moment from which somebody counts as an adult here: their birthday in most countries, and the first of January
 * of the year of that birthday where the law counts years, as in Korea.
 */
export function adultFrom(birthDate: string, { adultAge, adultBy, timeZone }: AgeRule & { timeZone: string }): Date {
  const [year, month, day] = birthDate.split('-').map(Number) as [number, number, number]
  const shown = adultBy === 'year' ? Date.UTC(year + adultAge, 0) : Date.UTC(year + adultAge, month - 1, day)
  return new Date(instantOf(shown, timeZone))
}

/**
 * Confirms that somebody is an adult by the birthday that they give, which is not stored. If they are too young, only
 * the time from which they are old enough is, and another birthday is not accepted before.
 */
export async function confirmByBirthday(tx: Tx, me: Who, from: Date, now: Date): Promise<Date | null> {
  const [known] = await tx
    .select({ adultAt: users.adultAt, adultFrom: users.adultFrom })
    .from(users)
    .where(eq(users.id, me.id))
  if (known?.adultAt) return null
  const asked = known?.adultFrom && known.adultFrom > now ? known.adultFrom : from
  const adult = asked <= now
  await tx
    .update(users)
    .set(adult ? { adultAt: now, adultFrom: null } : { adultFrom: asked })
    .where(eq(users.id, me.id))
  if (adult) touch(tx, me.id, 'inbox')
  return adult ? null : asked
}

/** Takes back that somebody is an adult, which ends the links to media that they hold. */
export async function forgetAdult(tx: Tx, me: Who, now: Date): Promise<void> {
  const rows = await tx
    .update(users)
    .set({ adultAt: null })
    .where(and(eq(users.id, me.id), isNotNull(users.adultAt)))
    .returning({ id: users.id })
  if (!rows.length) return
  touch(tx, me.id, 'inbox')
  await raiseEpoch(tx, me.id, now)
}

/** Confirms on behalf of the staff, who have seen a proof, that somebody is an adult. */
export async function confirmAdult(tx: Tx, by: Doer, person: Who, now: Date): Promise<void> {
  await tx.update(users).set({ adultAt: now, adultFrom: null }).where(eq(users.id, person.id))
  touch(tx, person.id, 'inbox')
  await record(tx, { kind: 'age_confirmed', by, on: person }, now)
}

/** Takes back a confirmation, and the birthday by which somebody said that they were too young. */
export async function withdrawAdult(tx: Tx, by: Doer, person: Who, now: Date): Promise<void> {
  await forgetAdult(tx, person, now)
  await tx.update(users).set({ adultFrom: null }).where(eq(users.id, person.id))
  await record(tx, { kind: 'age_withdrawn', by, on: person }, now)
}

/** Forgets all confirmations when the host asks for another age or another proof, so that everybody confirms again. */
export async function forgetAllAdults(tx: Tx, before: AgeRule, after: AgeRule, now: Date): Promise<void> {
  const isSame =
    before.adultAge === after.adultAge && before.adultBy === after.adultBy && before.ageProof === after.ageProof
  if (isSame) return
  const known = or(isNotNull(users.adultAt), isNotNull(users.adultFrom))
  await tx.update(users).set({ adultAt: null, adultFrom: null }).where(known)
  touchEverybody(tx, ['inbox'])
  await revokeFilesForAdults(tx, now)
}

/** Refuses a post for adults by somebody who has not confirmed that they are one. */
export function requireAdultAuthor(me: Pick<Account, 'adultAt'>, adultsOnly: boolean | undefined): void {
  if (!adultsOnly || me.adultAt) return
  throw invalidFields({ path: 'adultsOnly', message: 'Confirm your own age first, on the page of your account.' })
}
