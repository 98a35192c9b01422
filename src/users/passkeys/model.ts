import { and, count, desc, eq, lt, sql } from 'drizzle-orm'
import type { PasskeyJson } from '../../../shapes/passkeys'
import type { Id } from '../../db/columns'
import { deleteSome } from '../../db/delete-some'
import type { Reader, Tx } from '../../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../../db/page'
import { prepared } from '../../db/prepared'
import { enqueue } from '../../jobs/queue'
import type { Account, Person } from '../../ports/people'
import type { Challenge } from '../../ports/sessions'
import { Problem } from '../../problem'
import type { NewPasskey } from './ceremony'
import { type Passkey, passkeys, usedChallenges } from './table'

/** More would hardly be told apart, and each is a way into the account. */
const MOST = 20

type Owner = Pick<Person, 'id'>

/** Lists the passkeys of a person, newest first. */
export async function listPasskeys(db: Reader, { id }: Owner, wanted: Wanted) {
  const rows = await ofUser(db).execute({ userId: id, ...placeholdersOf(wanted) })
  return toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
}

const ofUser = prepared((db: Reader) =>
  db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.userId, sql.placeholder('userId')), beforePlaceholder(passkeys.createdAt, passkeys.id)))
    .orderBy(desc(passkeys.createdAt), desc(passkeys.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

/**
 * `here` is the host name of this server. A passkey of another host cannot be used, because browsers bind it to its
 * host.
 */
export const passkeyJson = (passkey: Passkey, here: string): PasskeyJson => ({
  id: passkey.id,
  name: passkey.name,
  createdAt: passkey.createdAt.toISOString(),
  lastUsedAt: passkey.usedAt?.toISOString() ?? null,
  synced: passkey.synced,
  host: passkey.host,
  usable: passkey.host === here,
})

/** The passkeys of a person at one host, which a device must not make again. */
export const passkeysAt = (db: Reader, { id }: Owner, host: string): Promise<Passkey[]> =>
  db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.userId, id), eq(passkeys.host, host)))

/** Finds the passkey with which a device answers. Throws 401 `unknown_passkey` when it is none of this host. */
export async function findPasskey(db: Reader, credentialId: string, host: string): Promise<Passkey> {
  const [passkey] = await db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.credentialId, credentialId), eq(passkeys.host, host)))
  if (passkey) return passkey
  throw new Problem('unauthenticated', 'This passkey is not known here. It may have been removed from the account.', {
    code: 'unknown_passkey',
  })
}

/** Adds a passkey to an account, and tells its owner by mail unless the account is new. */
export async function addPasskey(
  tx: Tx,
  { id: userId }: Owner,
  made: NewPasskey,
  name: string,
  now: Date,
  { isNew = false } = {},
): Promise<Passkey> {
  const [held] = await tx.select({ count: count() }).from(passkeys).where(eq(passkeys.userId, userId))
  if ((held?.count ?? 0) >= MOST)
    throw new Problem(
      'conflict',
      'You have {most} passkeys. Remove one that you no longer use.',
      { code: 'too_many' },
      { most: MOST },
    )
  const draft = { ...made, userId, name, createdAt: now }
  const [passkey] = await tx.insert(passkeys).values(draft).onConflictDoNothing().returning()
  if (!passkey) throw new Problem('conflict', 'This passkey was already added.', { code: 'already_added' })
  if (!isNew) await tell(tx, userId, 'added', now)
  return passkey
}

/** Notes the use of a passkey. Throws when its answer was accepted before. */
export async function usePasskey(
  tx: Tx,
  { id }: Passkey,
  { challenge, counter, synced }: { challenge: Challenge; counter: number; synced: boolean },
  now: Date,
): Promise<void> {
  const { id: challengeId, expiresAt } = challenge
  const fresh = await tx
    .insert(usedChallenges)
    .values({ id: challengeId, expiresAt })
    .onConflictDoNothing()
    .returning({ id: usedChallenges.id })
  const used = await tx
    .update(passkeys)
    .set({ counter, synced, usedAt: now })
    .where(eq(passkeys.id, id))
    .returning({ id: passkeys.id })
  if (!fresh.length || !used.length)
    throw new Problem('unauthenticated', 'This took too long, or was done before. Please try again.', {
      code: 'challenge_expired',
    })
}

/** Gives a passkey of mine another name. Throws `not_found` for one of somebody else. */
export async function renamePasskey(tx: Tx, me: Owner, id: Id<'passkey'>, name: string): Promise<Passkey> {
  const [passkey] = await tx.update(passkeys).set({ name }).where(mine(me, id)).returning()
  if (!passkey) throw new Problem('not_found', 'You have no such passkey.')
  return passkey
}

/** Removes a passkey. The last one of an account without a password stays, since nothing else would open it. */
export async function removePasskey(
  tx: Tx,
  me: Pick<Account, 'id' | 'hasPassword'>,
  id: Id<'passkey'>,
  now: Date,
): Promise<void> {
  const gone = await tx.delete(passkeys).where(mine(me, id)).returning({ id: passkeys.id })
  if (!gone.length) return
  const [left] = await tx.select({ id: passkeys.id }).from(passkeys).where(eq(passkeys.userId, me.id)).limit(1)
  if (!left && !me.hasPassword)
    throw new Problem('conflict', 'This is your only way to sign in. Choose a password or add another passkey first.', {
      code: 'last_way_in',
    })
  await tell(tx, me.id, 'removed', now)
}

const mine = (me: Owner, id: number) => and(eq(passkeys.id, id), eq(passkeys.userId, me.id))

const tell = (tx: Tx, userId: number, change: 'added' | 'removed', now: Date) =>
  enqueue(tx, 'mail.passkey', { userId, change, mail: crypto.randomUUID() }, now)

/** Removes all passkeys of a person without telling them, because the account is erased. */
export const dropPasskeys = (tx: Tx, userId: number) => tx.delete(passkeys).where(eq(passkeys.userId, userId))

const CHUNK = 500

/** Deletes a batch of used challenges that have expired; returns true when there may be more. */
export async function forgetChallenges(tx: Tx, now: Date): Promise<boolean> {
  const expired = lt(usedChallenges.expiresAt, now)
  return (await deleteSome(tx, usedChallenges, expired, { key: usedChallenges.id, most: CHUNK })).length === CHUNK
}
