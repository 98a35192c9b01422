import { and, asc, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Scope } from '../../shapes/tokens'
import type { Id } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import { doubt } from '../db/tell'
import { type AppRow, apps } from '../oauth/table'
import { type Session, sessions } from './table'

/** An access token is valid for an hour. */
export const ACCESS_S = 3600
/** What a person allowed ends when the app was not used for this long. */
const UNUSED_MS = 90 * 24 * 3600_000
/** On how many devices of one person an app may be signed in. The oldest makes room for a new one. */
const MOST_OF_ONE = 20
/** More than anybody allows. */
const MOST_LISTED = 500

type Allowed = { userId: Id<'user'>; scopes: Scope[]; passkeyAt: Date | null }

/** Begins what a person allows an app: a session with scopes, which the app prolongs by refreshing its tokens. */
export async function startGrant(tx: Tx, app: AppRow, allowed: Allowed, now: Date): Promise<Session> {
  const held = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.userId, allowed.userId), eq(sessions.appId, app.id), isNull(sessions.endedAt)))
    .orderBy(asc(sessions.id))
  if (held.length >= MOST_OF_ONE) await endGrant(tx, allowed.userId, held[0]!.id, now)
  const times = { createdAt: now, lastSeenAt: now, expiresAt: new Date(+now + UNUSED_MS) }
  const draft = { ...allowed, ...times, name: app.name, appId: app.id, generation: 1 }
  const [grant] = await tx.insert(sessions).values(draft).returning()
  return grant!
}

type Presented = { sessionId: Id<'session'>; generation: number }

/**
 * Moves a grant to the next generation, so that the refresh token is used up. Undefined means that it is not valid. A
 * token of a generation before was copied, by the app or by a thief, so the whole grant ends.
 */
export async function refreshGrant(tx: Tx, app: AppRow, { sessionId, generation }: Presented, now: Date) {
  const theirs = and(eq(sessions.id, sessionId), eq(sessions.appId, app.id))
  const open = and(theirs, isNull(sessions.endedAt), gt(sessions.expiresAt, now))
  const [renewed] = await tx
    .update(sessions)
    .set({ generation: generation + 1, lastSeenAt: now, expiresAt: new Date(+now + UNUSED_MS) })
    .where(and(open, eq(sessions.generation, generation)))
    .returning()
  if (renewed) return renewed
  const [copied] = await tx
    .select({ userId: sessions.userId })
    .from(sessions)
    .where(and(open, gt(sessions.generation, generation)))
  if (copied) await endGrant(tx, copied.userId, sessionId, now)
  return undefined
}

/** Ends one grant. */
export async function endGrant(tx: Tx, userId: Id<'user'>, id: Id<'session'>, now: Date): Promise<void> {
  doubt(tx, userId)
  await tx
    .update(sessions)
    .set({ endedAt: now })
    .where(and(eq(sessions.id, id), isNotNull(sessions.appId), isNull(sessions.endedAt)))
}

/** Ends a grant of this app, by whichever of its tokens it was named. */
export async function endGrantOf(tx: Tx, app: AppRow, id: Id<'session'>, now: Date): Promise<void> {
  const [grant] = await tx
    .select({ userId: sessions.userId })
    .from(sessions)
    .where(and(eq(sessions.id, id), eq(sessions.appId, app.id)))
  if (grant) await endGrant(tx, grant.userId, id, now)
}

/** Ends whatever members allowed an app. */
export async function endGrantsOfApp(tx: Tx, appId: Id<'app'>, now: Date): Promise<void> {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: now })
    .where(and(eq(sessions.appId, appId), isNull(sessions.endedAt)))
    .returning({ userId: sessions.userId })
  for (const userId of new Set(ended.map(({ userId }) => userId))) doubt(tx, userId)
}

/** Takes back whatever a person allowed an app, on all devices. */
export async function disallowApp(tx: Tx, userId: Id<'user'>, appId: Id<'app'>, now: Date): Promise<void> {
  doubt(tx, userId)
  await tx
    .update(sessions)
    .set({ endedAt: now })
    .where(and(eq(sessions.userId, userId), eq(sessions.appId, appId), isNull(sessions.endedAt)))
}

export type AllowedApp = {
  app: Pick<AppRow, 'id' | 'name' | 'site'>
  scopes: Scope[]
  createdAt: Date
  usedAt: Date | null
}

/** Lists the apps that a person allows to act for them, the one allowed last first. */
export async function listAllowedApps(db: Reader, userId: number, now: Date): Promise<AllowedApp[]> {
  const found = new Map<number, AllowedApp>()
  for (const { app, grant } of await openGrants(db).execute({ userId, now: +now })) {
    const { scopes, createdAt, usedAt } = found.get(app.id) ?? { scopes: [], createdAt: grant.createdAt, usedAt: null }
    found.set(app.id, {
      app,
      scopes: [...new Set([...scopes, ...(grant.scopes ?? [])])],
      createdAt,
      usedAt: grant.usedAt && (!usedAt || grant.usedAt > usedAt) ? grant.usedAt : usedAt,
    })
  }
  return [...found.values()]
}

const openGrants = prepared((db: Reader) => {
  // What has scopes has an index by its time.
  const mine = and(
    eq(sessions.userId, sql.placeholder('userId')),
    isNotNull(sessions.scopes),
    isNotNull(sessions.appId),
  )
  return db
    .select({ app: { id: apps.id, name: apps.name, site: apps.site }, grant: sessions })
    .from(sessions)
    .innerJoin(apps, eq(apps.id, sessions.appId))
    .where(and(mine, isNull(sessions.endedAt), gt(sessions.expiresAt, sql.placeholder('now'))))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(MOST_LISTED)
    .prepare()
})
