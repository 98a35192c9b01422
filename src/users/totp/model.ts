import { and, eq, isNull, sql } from 'drizzle-orm'
import type { NewFactorJson, SecondFactorJson } from '../../../shapes/second-factor'
import { type Doer, record } from '../../actions/record'
import type { Reader, Tx } from '../../db/open'
import { prepared } from '../../db/prepared'
import { notify } from '../../notifications/notify'
import type { Person, Viewer } from '../../ports/people'
import { fieldProblem, Problem } from '../../problem'
import { endAllSessions } from '../../sessions/model'
import { mailFactorChange } from './mail'
import { countRecoveryCodes, dropRecoveryCodes, makeRecoveryCodes } from './recovery'
import { newTotpSecret, sealSecret, uriOf } from './secret'
import { secondFactors } from './table'

type Me = Pick<Person, 'id' | 'handle'>

const rowOf = (db: Reader, userId: number) => byUser(db).execute({ userId })

const byUser = prepared((db: Reader) =>
  db
    .select()
    .from(secondFactors)
    .where(eq(secondFactors.userId, sql.placeholder('userId')))
    .limit(1)
    .prepare(),
)

/** Tells whether the second factor of a person is on, and how many recovery codes are left. */
export async function secondFactorOf(db: Reader, { id }: Pick<Person, 'id'>): Promise<SecondFactorJson> {
  const [factor] = await rowOf(db, id)
  return { on: !!factor?.confirmedAt, recoveryCodesLeft: await countRecoveryCodes(db, id) }
}

/** Throws 409 `not_on` without a second factor: who asks it of all staff must not lock themselves out. */
export async function requireSecondFactor(tx: Tx, me: Pick<Viewer, 'id' | 'passkeyAt'>): Promise<void> {
  if (me.passkeyAt || (await secondFactorOf(tx, me)).on) return
  throw fieldProblem(
    'conflict',
    { path: 'staffSecondFactor', message: 'Set up two-step verification for your own account first.' },
    { code: 'not_on' },
  )
}

/** Creates a secret, which counts only after its first right code. An earlier secret without one is replaced. */
export async function startSetUp(tx: Tx, key: Uint8Array, me: Me, siteName: string): Promise<NewFactorJson> {
  const secret = await newTotpSecret()
  const fresh = { secret: sealSecret(key, me.id, secret), lastStep: 0, failures: 0, retryAt: null }
  const made = await tx
    .insert(secondFactors)
    .values({ userId: me.id, ...fresh })
    .onConflictDoUpdate({ target: secondFactors.userId, set: fresh, setWhere: isNull(secondFactors.confirmedAt) })
    .returning({ id: secondFactors.userId })
  if (!made.length)
    throw new Problem('conflict', 'Two-step verification is already on. Turn it off to set it up on another device.', {
      code: 'already_on',
    })
  return { secret, uri: await uriOf(secret, me.handle, siteName) }
}

/**
 * Turns the second factor on, after its first code was checked. All other sessions end, since they were opened with the
 * password alone. Returns the recovery codes.
 */
export async function finishSetUp(tx: Tx, key: Uint8Array, me: Me, now: Date, keepSession: number): Promise<string[]> {
  await tx
    .update(secondFactors)
    .set({ confirmedAt: now })
    .where(and(eq(secondFactors.userId, me.id), isNull(secondFactors.confirmedAt)))
  await endAllSessions(tx, me.id, now, keepSession)
  await mailFactorChange(tx, me.id, 'on', now)
  return makeRecoveryCodes(tx, key, me.id)
}

/** Replaces the recovery codes. Without a second factor there is nothing to recover: 409 `not_on`. */
export async function renewRecoveryCodes(tx: Tx, key: Uint8Array, me: Me, now: Date): Promise<string[]> {
  const [factor] = await rowOf(tx, me.id)
  if (!factor?.confirmedAt)
    throw new Problem('conflict', 'Two-step verification is off. Set it up to get recovery codes.', { code: 'not_on' })
  await mailFactorChange(tx, me.id, 'codes', now)
  return makeRecoveryCodes(tx, key, me.id)
}

/** Deletes the secret and the recovery codes. Returns whether the second factor was on. */
export async function dropSecondFactor(tx: Tx, userId: number): Promise<boolean> {
  await dropRecoveryCodes(tx, userId)
  const gone = await tx.delete(secondFactors).where(eq(secondFactors.userId, userId)).returning()
  return gone.some(({ confirmedAt }) => confirmedAt)
}

/** Turns the second factor off. Doing it twice changes nothing. */
export async function turnOff(tx: Tx, userId: number, now: Date): Promise<void> {
  if (await dropSecondFactor(tx, userId)) await mailFactorChange(tx, userId, 'off', now)
}

/**
 * Turns off the second factor of somebody who has lost it, on behalf of the staff. The owner is told by mail and on the
 * page, since it may have been somebody else who asked. Returns whether it was on.
 */
export async function resetSecondFactor(tx: Tx, by: Doer, user: Pick<Person, 'id'>, now: Date): Promise<boolean> {
  const userId = user.id
  if (!(await dropSecondFactor(tx, userId))) return false
  await record(tx, { kind: 'second_factor_reset', by, on: user }, now)
  await mailFactorChange(tx, userId, 'reset', now)
  await notify(tx, {
    userId,
    kind: 'staff',
    note: 'The staff turned off your two-step verification. You can set it up again under Account.',
    at: now,
  })
  return true
}
