import { and, eq, lt } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { invalidFields, Problem } from '../problem'
import { LONGEST_KEY } from './fields'
import { idempotency } from './table'

const DAY_MS = 24 * 3600_000

/** Identifies a request that is sent again; `body` is the whole request. */
export type Once = { userId: number; call: string; key: string | undefined; body: unknown }

/**
 * Does the work once per key: a request repeated within a day gets the result of the first one. Key, work and result
 * share one transaction, so a crash cannot separate them. A request that arrives while the first one runs waits for it
 * in the write queue.
 */
export async function once<T>(
  tx: Tx,
  { userId, call, key, body }: Once,
  now: Date,
  work: () => Promise<T>,
): Promise<{ result: T; replayed: boolean }> {
  if (key && key.length > LONGEST_KEY)
    throw invalidFields({ path: 'Idempotency-Key', message: 'A key can have at most 255 characters.' })
  if (!key) return { result: await work(), replayed: false }
  const hash = new Bun.CryptoHasher('sha256').update(JSON.stringify(body)).digest('base64url')
  const first = await find(tx, { userId, call, key }, now)
  if (first && first.body !== hash)
    throw new Problem('invalid', 'This key was already used for a different request. Send a new key.', {
      code: 'key_reused',
    })
  if (first) return { result: first.result as T, replayed: true }
  const result = await work()
  await tx.insert(idempotency).values({ userId, call, key, body: hash, result, createdAt: now })
  return { result, replayed: false }
}

async function find(tx: Tx, { userId, call, key }: { userId: number; call: string; key: string }, now: Date) {
  const same = and(eq(idempotency.userId, userId), eq(idempotency.call, call), eq(idempotency.key, key))
  await tx.delete(idempotency).where(and(same, lt(idempotency.createdAt, new Date(+now - DAY_MS))))
  return (await (tx as Reader).select().from(idempotency).where(same).limit(1))[0]
}

/** Deletes keys that are older than a day. */
export async function forgetOld(tx: Tx, now: Date): Promise<void> {
  await tx.delete(idempotency).where(lt(idempotency.createdAt, new Date(+now - DAY_MS)))
}
