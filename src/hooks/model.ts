import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { HookEvent } from '../../shapes/hooks'
import type { Id } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { node } from '../node'
import type { Viewer } from '../ports/people'
import { invalidFields, Problem } from '../problem'
import { type Refusal, refusalOf } from '../push/address'
import { seal } from '../sealed'
import { sessions } from '../sessions/table'
import { wakeHook } from './queue'
import { type Hook, hookDeliveries, hooks } from './table'

const MOST_HOOKS = 20
/** Standard Webhooks asks for 24 to 64 bytes. */
const SECRET_BYTES = 32

type Draft = { url: string; events: HookEvent[] }
type Patch = { [K in keyof Draft]?: Draft[K] | undefined } & { enabled?: boolean | undefined }
export type Terms = { key: Uint8Array; allowPrivate: boolean; now: Date }

const REFUSALS: Record<Refusal, { message: string }> = {
  scheme: { message: 'The address must use https.' },
  port: { message: 'The address must use port 443 or a port above 1023.' },
  address: { message: 'This address is not on the public internet.' },
}

function check({ url, events }: Partial<Draft>, me: Viewer, allowPrivate: boolean) {
  const refusal = url === undefined ? undefined : refusalOf(new URL(url), allowPrivate)
  const errors = [
    ...(refusal ? [{ path: 'url', ...REFUSALS[refusal] }] : []),
    ...(events?.includes('report') && me.role === 'member'
      ? [{ path: 'events', message: 'Only staff hear of reports.' }]
      : []),
  ]
  if (errors.length) throw invalidFields(...errors)
}

/** The owner for whom the secrets of a person's hooks are sealed. A secret in the row of another person cannot be read. */
export const secretOwnerOf = (userId: number) => `hook ${userId}`

/** Adds a hook. Its secret is returned once. A hook that a token or an app made ends with it. */
export async function createHook(tx: Tx, me: Viewer, draft: Draft, { key, allowPrivate, now }: Terms) {
  check(draft, me, allowPrivate)
  if ((await tx.$count(hooks, eq(hooks.userId, me.id))) >= MOST_HOOKS)
    throw new Problem(
      'conflict',
      'You can have up to {n} webhooks. Remove one first.',
      { code: 'too_many' },
      { n: MOST_HOOKS },
    )
  const secret = `whsec_${node.crypto.randomBytes(SECRET_BYTES).toString('base64')}`
  const row = {
    url: draft.url,
    events: [...new Set(draft.events)],
    userId: me.id,
    sessionId: me.scopes ? me.sessionId : null,
    secret: seal(key, secretOwnerOf(me.id), secret),
    createdAt: now,
  }
  const [hook] = await tx.insert(hooks).values(row).returning()
  return { hook: hook!, secret }
}

const mine = (me: { id: number }, id: Id<'hook'>) => and(eq(hooks.id, id), eq(hooks.userId, me.id))
const noSuchHook = () => new Problem('not_found', 'This webhook does not exist.')

/** Finds a hook of a person. Throws `not_found` for those of others. */
export async function findHook(db: Reader, me: { id: number }, id: Id<'hook'>): Promise<Hook> {
  const [hook] = await own(db).execute({ id, me: me.id })
  if (!hook) throw noSuchHook()
  return hook
}

const own = prepared((db: Reader) =>
  db
    .select()
    .from(hooks)
    .where(and(eq(hooks.id, sql.placeholder('id')), eq(hooks.userId, sql.placeholder('me'))))
    .limit(1)
    .prepare(),
)

/**
 * Changes a hook. Turned on again, it is told at once what waits. A token or an app leads only a hook that it made itself
 * to another address, since the others do not end with it.
 */
export async function changeHook(
  tx: Tx,
  me: Viewer,
  id: Id<'hook'>,
  { enabled, url, events }: Patch,
  { allowPrivate, now }: Terms,
): Promise<Hook> {
  const patch = { ...(url !== undefined && { url }), ...(events && { events }) }
  check(patch, me, allowPrivate)
  if (me.scopes && (url !== undefined || events) && (await findHook(tx, me, id)).sessionId !== me.sessionId)
    throw new Problem(
      'forbidden',
      'A token can change only the address and the events of webhooks that it made itself.',
    )
  const again = { disabledAt: null, failingSince: null, failures: 0, resumeAt: null, problem: null }
  const state = enabled === undefined ? {} : enabled ? again : { disabledAt: now }
  const [hook] = await tx
    .update(hooks)
    .set({ ...patch, ...state })
    .where(mine(me, id))
    .returning()
  if (!hook) throw noSuchHook()
  if (enabled) {
    await tx
      .update(hookDeliveries)
      .set({ dueAt: now })
      .where(and(eq(hookDeliveries.hookId, id), isNull(hookDeliveries.doneAt)))
    await wakeHook(tx, id, now)
  }
  return hook
}

/** Removes a hook with everything that waits for it. Removing one twice, or someone else's, changes nothing. */
export const removeHook = (tx: Tx, me: { id: number }, id: Id<'hook'>) => tx.delete(hooks).where(mine(me, id))

/** Lists the hooks of a person, newest first. */
export async function listHooks(db: Reader, me: { id: number }, wanted: Wanted) {
  const rows = await hooksOf(db).execute({ me: me.id, ...placeholdersOf(wanted) })
  return toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
}

const hooksOf = prepared((db: Reader) =>
  db
    .select()
    .from(hooks)
    .where(and(eq(hooks.userId, sql.placeholder('me')), beforePlaceholder(hooks.createdAt, hooks.id)))
    .orderBy(desc(hooks.createdAt), desc(hooks.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

/** Lists what a hook was told or is to be told, newest first. */
export async function listDeliveries(db: Reader, hookId: Id<'hook'>, wanted: Wanted) {
  const rows = await deliveriesOf(db).execute({ hookId, ...placeholdersOf(wanted) })
  return toPage(rows, wanted, ({ at, id }) => ({ at, id }))
}

const deliveriesOf = prepared((db: Reader) =>
  db
    .select()
    .from(hookDeliveries)
    .where(
      and(
        eq(hookDeliveries.hookId, sql.placeholder('hookId')),
        beforePlaceholder(hookDeliveries.at, hookDeliveries.id),
      ),
    )
    .orderBy(desc(hookDeliveries.at), desc(hookDeliveries.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

/** Sends a message once more that was delivered, failed or was dropped. One that still waits is sent now. */
export async function sendAgain(tx: Tx, me: { id: number }, hookId: Id<'hook'>, id: Id<'hookDelivery'>, now: Date) {
  await findHook(tx, me, hookId)
  const [delivery] = await tx
    .update(hookDeliveries)
    .set({ dueAt: now, doneAt: null, outcome: null, attempts: 0, status: null, detail: null })
    .where(and(eq(hookDeliveries.id, id), eq(hookDeliveries.hookId, hookId)))
    .returning()
  if (!delivery) throw new Problem('not_found', 'This delivery does not exist.')
  await tx.update(hooks).set({ resumeAt: null }).where(eq(hooks.id, hookId))
  await wakeHook(tx, hookId, now)
  return delivery
}

/** Erases the hooks of a deleted account. */
export async function eraseHooksOf(tx: Tx, user: { id: number }): Promise<boolean> {
  await tx.delete(hooks).where(eq(hooks.userId, user.id))
  return false
}

/** Deletes the hooks of tokens and apps that have ended. */
export const forgetEndedHooks = (tx: Tx, now: Date) =>
  tx.delete(hooks).where(
    and(
      isNotNull(hooks.sessionId),
      sql`not exists (
        select 1 from ${sessions}
        where ${sessions.id} = ${hooks.sessionId} and ${sessions.endedAt} is null and ${sessions.expiresAt} > ${+now}
      )`,
    ),
  )
