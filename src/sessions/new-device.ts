import { and, count, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Env } from '../context'
import type { Tx } from '../db/open'
import { isHttps } from '../http/client'
import { enqueue } from '../jobs/queue'
import { NOTES } from '../notifications/notes'
import type { Person } from '../ports/people'
import { deviceName } from '../push/device'
import { queueNotice } from '../push/queue'
import { type Session, sessions } from './table'

const YEAR_MS = 365 * 24 * 3600_000

/**
 * What a device shows of having signed in before. Browsers carry a signed cookie for each account, which only pages that
 * sign in receive. Scripts have no cookies, and are known by their `User-Agent`.
 */
export type Trace = 'known' | 'unknown' | 'by name'

const cookieOf = (userId: number) => `device-${userId}`

/** Reads what the device shows of having signed in to this account before. */
export async function traceOf(c: Context<Env>, { id }: Pick<Person, 'id'>): Promise<Trace> {
  if (c.var.format === 'json') return 'by name'
  const owner = await c.var.app.links.read('device', getCookie(c, cookieOf(id)))
  return owner === id ? 'known' : 'unknown'
}

/** Lets the browser show for a year that somebody has signed in to this account on it. */
export async function rememberDevice(c: Context<Env>, userId: number): Promise<void> {
  const { links, now } = c.var.app
  setCookie(c, cookieOf(userId), await links.sign('device', userId, new Date(+now() + YEAR_MS)), {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/sessions',
    maxAge: YEAR_MS / 1000,
    secure: isHttps(c),
  })
}

/** Whether this is a sign-in on a device that is new to the account. The first of an account is no news. */
export async function isNewDevice(tx: Tx, { id, userId, name }: Session, trace: Trace): Promise<boolean> {
  if (trace === 'known') return false
  const same = sql<number>`coalesce(sum(case when ${sessions.name} = ${name} then 1 else 0 end), 0)`.mapWith(Number)
  const [seen] = await tx
    .select({ all: count(), same })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.scopes), ne(sessions.id, id)))
  if (!seen?.all) return false
  return trace === 'unknown' || seen.same === 0
}

/** Tells the owner by mail, and by a push to the devices that they use. It is no entry among the notifications. */
export async function tellOfDevice(tx: Tx, { userId, name, createdAt: at }: Session): Promise<void> {
  await enqueue(tx, 'mail.device', { userId, device: deviceName(name), mail: crypto.randomUUID() }, at)
  const nothing = { actorId: null, postId: null, commentId: null, coins: null }
  await queueNotice(tx, { ...nothing, userId, kind: 'staff', note: NOTES.newDevice.note, at }, false)
}
