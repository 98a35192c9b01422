import { and, desc, eq, gt, isNotNull, isNull, type Placeholder, sql } from 'drizzle-orm'
import type { Scope } from '../../shapes/tokens'
import type { Id } from '../db/columns'
import { lesser } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { doubt } from '../db/tell'
import { Problem } from '../problem'
import { users } from '../users/table'
import { SESSION_MS } from './model'
import { type Session, sessions } from './table'

/** The end of a token that does not expire. */
export const NEVER = new Date('9999-12-31T23:59:59.000Z')

/** More would hardly be told apart, and each is a way into the account. */
const MOST = 50

export type PersonalToken = Session & { scopes: Scope[] }
/** A token that was made in a session with a passkey counts as one, so that staff can use it. */
export type TokenDraft = Pick<PersonalToken, 'name' | 'scopes' | 'passkeyAt' | 'outlivesPassword'> & {
  expiresAt: Date | undefined
}

const isToken = (session: Session): session is PersonalToken => session.scopes !== null

const open = (userId: number | Placeholder, now: Date | Placeholder) =>
  and(
    eq(sessions.userId, userId),
    isNotNull(sessions.scopes),
    isNull(sessions.appId),
    isNull(sessions.endedAt),
    gt(sessions.expiresAt, now),
  )

/**
 * Creates a personal token. `verifiedHash` is the hash that the password was checked against: if the password has
 * changed since, the token is not made, because a new password ends everything that the old one opened.
 */
export async function createPersonalToken(
  tx: Tx,
  userId: Id<'user'>,
  { expiresAt = NEVER, ...wishes }: TokenDraft,
  verifiedHash: string,
  now: Date,
): Promise<PersonalToken> {
  const same = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.passwordHash, verifiedHash)))
  if (!same.length) throw new Problem('forbidden', 'The password is wrong.', { code: 'wrong_password' })
  const held = await tx.select({ id: sessions.id }).from(sessions).where(open(userId, now)).limit(MOST)
  if (held.length === MOST)
    throw new Problem(
      'conflict',
      'You have {most} tokens. Revoke one that you no longer use.',
      { code: 'too_many' },
      {
        most: MOST,
      },
    )
  const draft = { ...wishes, userId, createdAt: now, lastSeenAt: now, expiresAt }
  const [made] = await tx.insert(sessions).values(draft).returning()
  return made as PersonalToken
}

/** Lists the personal tokens of a person that still work, newest first. */
export async function listPersonalTokens(db: Reader, userId: number, wanted: Wanted, now: Date) {
  const rows = await openOf(db).execute({ userId, now: +now, ...placeholdersOf(wanted) })
  return toPage(rows.filter(isToken), wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
}

const openOf = prepared((db: Reader) =>
  db
    .select()
    .from(sessions)
    .where(
      and(open(sql.placeholder('userId'), sql.placeholder('now')), beforePlaceholder(sessions.createdAt, sessions.id)),
    )
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

/** Revokes a token. This has no effect on another person's token, on a device, or on a token that has ended. */
export async function endPersonalToken(tx: Tx, userId: Id<'user'>, id: Id<'session'>, now: Date): Promise<void> {
  doubt(tx, userId)
  await tx
    .update(sessions)
    .set({ endedAt: now })
    .where(and(eq(sessions.id, id), open(userId, now)))
}

/** Remembers that a token was used. */
export const usePersonalToken = (tx: Tx, id: Id<'session'>, now: Date) =>
  tx.update(sessions).set({ usedAt: now, lastSeenAt: now }).where(eq(sessions.id, id))

/** Lets the tokens of an erased account be swept like its sessions, since no media link of the account outlives those. */
export async function eraseTokensOf(tx: Tx, user: { id: number }, now: Date): Promise<boolean> {
  await tx
    .update(sessions)
    .set({ scopes: null, usedAt: null, expiresAt: lesser(sessions.expiresAt, sql`${+now + SESSION_MS}`) })
    .where(and(eq(sessions.userId, user.id), isNotNull(sessions.scopes)))
  return false
}
