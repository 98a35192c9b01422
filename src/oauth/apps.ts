import { and, desc, eq, inArray, isNull, lt, notExists, sql } from 'drizzle-orm'
import type { Id } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { Problem } from '../problem'
import { endGrantsOfApp } from '../sessions/app-grants'
import { sessions } from '../sessions/table'
import { hashOf, newClientId, newSecret } from './secrets'
import { type AppRow, appCodes, apps } from './table'

/** More apps than one person maintains. */
const MOST_APPS = 30
/** An app that registered itself is forgotten after this time, unless somebody allowed it. */
const UNUSED_MS = 7 * 24 * 3600_000
const CHUNK = 100

export type AppDraft = Pick<AppRow, 'name' | 'redirectUris'> & { site?: string | undefined; confidential: boolean }

/** Registers an app. Its secret is returned once, since only a hash is stored. */
export async function registerApp(tx: Tx, ownerId: Id<'user'> | null, draft: AppDraft, now: Date) {
  if (ownerId && (await tx.$count(apps, and(eq(apps.ownerId, ownerId), isNull(apps.removedAt)))) >= MOST_APPS)
    throw new Problem(
      'conflict',
      'You can register up to {n} apps. Remove one first.',
      { code: 'too_many' },
      { n: MOST_APPS },
    )
  const { confidential, site = null, ...values } = draft
  const secret = confidential ? newSecret() : null
  const row = {
    ...values,
    site,
    ownerId,
    clientId: newClientId(),
    secretHash: secret && hashOf(secret),
    createdAt: now,
  }
  const [app] = await tx.insert(apps).values(row).returning()
  return { app: app!, secret }
}

/** Finds an app by what it calls itself. */
export async function lookUpClient(db: Reader, clientId: string): Promise<AppRow | undefined> {
  return (await byClientId(db).execute({ clientId }))[0]
}

const byClientId = prepared((db: Reader) =>
  db
    .select()
    .from(apps)
    .where(and(eq(apps.clientId, sql.placeholder('clientId')), isNull(apps.removedAt)))
    .limit(1)
    .prepare(),
)

/** Lists the apps that a person registered, newest first. */
export async function listOwnApps(db: Reader, userId: number, wanted: Wanted) {
  const rows = await ownedBy(db).execute({ userId, ...placeholdersOf(wanted) })
  return toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
}

const ownedBy = prepared((db: Reader) =>
  db
    .select()
    .from(apps)
    .where(
      and(
        eq(apps.ownerId, sql.placeholder('userId')),
        isNull(apps.removedAt),
        beforePlaceholder(apps.createdAt, apps.id),
      ),
    )
    .orderBy(desc(apps.createdAt), desc(apps.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

/** Removes an app of its owner. Whatever members allowed it ends at once. */
export async function removeApp(tx: Tx, ownerId: Id<'user'>, id: Id<'app'>, now: Date): Promise<void> {
  const [gone] = await tx
    .update(apps)
    .set({ removedAt: now, secretHash: null })
    .where(and(eq(apps.id, id), eq(apps.ownerId, ownerId), isNull(apps.removedAt)))
    .returning({ id: apps.id })
  if (gone) await endGrantsOfApp(tx, id, now)
}

/** Replaces the secret of an app. The former one is worth nothing from now on. */
export async function replaceSecret(tx: Tx, ownerId: Id<'user'>, id: Id<'app'>) {
  const secret = newSecret()
  const mine = and(
    eq(apps.id, id),
    eq(apps.ownerId, ownerId),
    isNull(apps.removedAt),
    sql`${apps.secretHash} is not null`,
  )
  const [app] = await tx
    .update(apps)
    .set({ secretHash: hashOf(secret) })
    .where(mine)
    .returning()
  if (!app) throw new Problem('not_found', 'This app does not exist, or has no secret.')
  return { app, secret }
}

/** Deletes a batch of apps that registered themselves and that nobody uses; returns true when there may be more. */
export async function forgetUnusedApps(tx: Tx, now: Date): Promise<boolean> {
  const one = sql`1`
  const unused = tx
    .select({ id: apps.id })
    .from(apps)
    .where(
      and(
        isNull(apps.ownerId),
        lt(apps.createdAt, new Date(+now - UNUSED_MS)),
        notExists(tx.select({ one }).from(sessions).where(eq(sessions.appId, apps.id))),
        notExists(tx.select({ one }).from(appCodes).where(eq(appCodes.appId, apps.id))),
      ),
    )
    .limit(CHUNK)
  return (await tx.delete(apps).where(inArray(apps.id, unused)).returning({ id: apps.id })).length === CHUNK
}

/** Removes the apps of a deleted account. The rows stay without an owner, since sessions refer to them. */
export async function eraseAppsOf(tx: Tx, user: { id: number }, now: Date): Promise<boolean> {
  await tx.delete(appCodes).where(eq(appCodes.userId, user.id))
  const rows = await tx.select({ id: apps.id }).from(apps).where(eq(apps.ownerId, user.id))
  for (const { id } of rows) await removeApp(tx, user.id, id, now)
  const nothing = { ownerId: null, name: '', site: null, redirectUris: [], removedAt: now }
  await tx.update(apps).set(nothing).where(eq(apps.ownerId, user.id))
  return false
}
