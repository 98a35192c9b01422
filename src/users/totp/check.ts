import { and, eq, isNotNull, isNull, lt } from 'drizzle-orm'
import type { Tx } from '../../db/open'
import type { Write } from '../../db/write'
import { fieldProblem, type Kind, Problem } from '../../problem'
import { mailFactorChange } from './mail'
import { hashRecoveryCode, useRecoveryCode } from './recovery'
import { stepOf, unsealSecret } from './secret'
import { type SecondFactor, secondFactors } from './table'

/**
 * After this many wrong codes in a row, the app's codes are not accepted for a while, which doubles with each further
 * one. Limits in memory end with a restart and allow about a thousand tries a day, which would be enough to guess six
 * digits within a year. Recovery codes are too long to be guessed, so the owner can use one in the meantime.
 */
const MOST_FAILURES = 10
const FIRST_WAIT_MS = 15 * 60_000
const LONGEST_WAIT_MS = 24 * 3600_000

export type Attempt = {
  /** `App.factorKey`. */
  key: Uint8Array
  userId: number
  /** The text that the person typed: six digits, or a recovery code. */
  code: string | undefined
  /** The kind of problem that a wrong code is: at sign-in nobody is known yet. */
  refusal: Extract<Kind, 'unauthenticated' | 'forbidden'>
  now: Date
}

/**
 * Runs `work` if the code is right, or if the person has no second factor. The code and the work belong to one
 * transaction, so that of two simultaneous requests with the same code one succeeds. A wrong code is counted there, too,
 * and thrown only after the commit, because an error would undo the count.
 */
export async function withCode<R>(write: Write<Tx>, attempt: Attempt, work: (tx: Tx) => Promise<R>): Promise<R> {
  return orThrow(await write(async (tx) => (await refuse(tx, attempt)) ?? work(tx)))
}

/** Runs `work` if the first code of a new secret is right, as `withCode` does for later ones. */
export async function withFirstCode<R>(write: Write<Tx>, attempt: Attempt, work: (tx: Tx) => Promise<R>): Promise<R> {
  return orThrow(await write(async (tx) => (await refuseFirst(tx, attempt)) ?? work(tx)))
}

function orThrow<R>(result: R | Problem): R {
  if (result instanceof Problem) throw result
  return result
}

async function refuse(tx: Tx, attempt: Attempt): Promise<Problem | undefined> {
  const { userId, code, key, refusal, now } = attempt
  const mine = eq(secondFactors.userId, userId)
  const [factor] = await tx
    .select()
    .from(secondFactors)
    .where(and(mine, isNotNull(secondFactors.confirmedAt)))
  if (!factor) return undefined
  if (!code?.trim()) return codeRequired(refusal)
  if (!(await useRecoveryCode(tx, userId, hashRecoveryCode(key, code)))) return judge(tx, factor, attempt)
  await tx.update(secondFactors).set({ failures: 0, retryAt: null }).where(mine)
  await mailFactorChange(tx, userId, 'recovery', now)
  return undefined
}

async function refuseFirst(tx: Tx, attempt: Attempt): Promise<Problem | undefined> {
  const mine = eq(secondFactors.userId, attempt.userId)
  const [factor] = await tx
    .select()
    .from(secondFactors)
    .where(and(mine, isNull(secondFactors.confirmedAt)))
  if (factor) return judge(tx, factor, attempt)
  return new Problem('conflict', 'Start setting up two-step verification first.', { code: 'not_started' })
}

/** Accepts a code of the app once, or counts a wrong one. */
async function judge(tx: Tx, factor: SecondFactor, { key, code = '', refusal, now }: Attempt) {
  if (factor.retryAt && factor.retryAt > now) return tooManyCodes(+factor.retryAt - +now)
  const step = await stepOf(unsealSecret(key, factor.userId, factor.secret), code.replace(/[\s-]/g, ''), now)
  const mine = eq(secondFactors.userId, factor.userId)
  if (step !== undefined) {
    const newer = and(mine, lt(secondFactors.lastStep, step))
    const accepted = { lastStep: step, failures: 0, retryAt: null }
    const used = await tx.update(secondFactors).set(accepted).where(newer).returning({ id: secondFactors.userId })
    if (used.length) return undefined
  }
  const failures = factor.failures + 1
  const extra = failures - MOST_FAILURES
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** extra, LONGEST_WAIT_MS)
  await tx
    .update(secondFactors)
    .set({ failures, retryAt: extra < 0 ? null : new Date(+now + waitMs) })
    .where(mine)
  if (extra === 0 && factor.confirmedAt) await mailFactorChange(tx, factor.userId, 'guessed', now)
  return wrongCode(refusal)
}

/** The problem of a request without a code. `ticket` lets a page ask for the code after the password. */
export const codeRequired = (kind: Attempt['refusal'], members: { ticket?: string } = {}) =>
  fieldProblem(
    kind,
    { path: 'code', message: 'Please enter the code from your authenticator app.' },
    { ...members, code: 'code_required' },
  )

const wrongCode = (kind: Attempt['refusal']) =>
  fieldProblem(
    kind,
    { path: 'code', message: 'The code is wrong or was already used. Wait for the next one and try again.' },
    { code: 'wrong_code' },
  )

const tooManyCodes = (waitMs: number) =>
  new Problem(
    'rate_limited',
    'Too many wrong codes. Use a recovery code, or try again in {minutes} min.',
    { retryAfter: Math.ceil(waitMs / 1000) },
    { minutes: Math.ceil(waitMs / 60_000) },
  )
