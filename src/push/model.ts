import { and, desc, eq, ne, notInArray, or, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { Locale } from '../../shapes/locales'
import type { SubscriptionDraft } from '../../shapes/push'
import { deleteSome } from '../db/delete-some'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { jobs } from '../jobs/table'
import type { Person } from '../ports/people'
import { fieldProblem, Problem } from '../problem'
import { sessions } from '../sessions/table'
import { type Refusal, refusalOf } from './address'
import { type Push, pushes, pushOrigins, pushSubscriptions, type Subscription } from './table'

/** More devices than one person uses. */
const MOST_DEVICES = 20
const LOGGED = 10

type Owner = { id: number; sessionId: number | null }
type Terms = { allowPrivate: boolean; publicKey: string; locale: Locale; name: string; now: Date }

/**
 * An SQL condition: the session that subscribed is still open. Anyone who signs out, or is signed out, gets no more
 * pushes on that device.
 */
export const isSubscriptionOpen = (now: Date | Placeholder) =>
  or(
    sql`${pushSubscriptions.sessionId} is null`,
    sql`exists (
      select 1 from ${sessions}
      where ${sessions.id} = ${pushSubscriptions.sessionId} and ${sessions.endedAt} is null
        and ${sessions.expiresAt} > ${now instanceof Date ? +now : now}
    )`,
  )

const ownedBy = (me: { id: number | Placeholder }) => eq(pushSubscriptions.userId, me.id)

const REFUSALS: Record<Refusal, { message: string }> = {
  scheme: { message: 'A push service must use https.' },
  port: { message: 'A push service must use port 443 or a port above 1023.' },
  address: { message: 'This address is not on the public internet.' },
}

/**
 * Subscribes a device to pushes. A known endpoint is the same device: its keys are renewed, or, when someone else is
 * signed in on it now, the device becomes theirs and its waiting pushes are deleted.
 */
export async function subscribe(
  tx: Tx,
  me: Owner,
  draft: SubscriptionDraft,
  terms: Terms,
): Promise<{ id: number; made: boolean }> {
  const url = new URL(draft.endpoint)
  const refusal = refusalOf(url, terms.allowPrivate)
  if (refusal) throw refused(REFUSALS[refusal])
  const device = { sessionId: me.sessionId, publicKey: terms.publicKey, locale: terms.locale, ...draft.keys }
  const again = and(ownedBy(me), eq(pushSubscriptions.endpoint, draft.endpoint))
  const named = draft.name && { name: draft.name }
  const [known] = await tx
    .update(pushSubscriptions)
    .set({ ...device, ...named })
    .where(again)
    .returning()
  if (known) return { id: known.id, made: false }
  const former = draft.replaces && (await takeOver(tx, me, draft.replaces))
  await tx.delete(pushSubscriptions).where(eq(pushSubscriptions.endpoint, draft.endpoint))
  await makeRoom(tx, me, terms.now)
  const originId = await originOf(tx, url.origin)
  const name = draft.name ?? (former || terms.name)
  const row = { ...device, userId: me.id, originId, endpoint: draft.endpoint, name, createdAt: terms.now }
  const [{ id } = { id: 0 }] = await tx.insert(pushSubscriptions).values(row).returning({ id: pushSubscriptions.id })
  return { id, made: true }
}

const refused = ({ message }: { message: string }) => fieldProblem('invalid', { path: 'endpoint', message })

/** Deletes the previous subscription of the device and returns its name. */
async function takeOver(tx: Tx, me: Owner, endpoint: string): Promise<string | undefined> {
  const [former] = await tx
    .delete(pushSubscriptions)
    .where(and(ownedBy(me), eq(pushSubscriptions.endpoint, endpoint)))
    .returning()
  return former?.name
}

async function makeRoom(tx: Tx, me: Owner, now: Date): Promise<void> {
  await tx.delete(pushSubscriptions).where(and(ownedBy(me), sql`not ${isSubscriptionOpen(now)}`))
  if ((await tx.$count(pushSubscriptions, ownedBy(me))) < MOST_DEVICES) return
  throw new Problem(
    'conflict',
    'You can register up to {n} devices. Remove one first.',
    { code: 'too_many_devices' },
    { n: MOST_DEVICES },
  )
}

/**
 * Finds or creates a push service. Creating one deletes services that nobody uses any longer: every push looks at all
 * of them, so they must stay few.
 */
async function originOf(tx: Tx, origin: string): Promise<number> {
  const [made] = await tx.insert(pushOrigins).values({ origin }).onConflictDoNothing().returning({ id: pushOrigins.id })
  if (made) await forgetUnused(tx, made.id)
  const [row] = await tx.select({ id: pushOrigins.id }).from(pushOrigins).where(eq(pushOrigins.origin, origin))
  return row!.id
}

/** Deletes unused services, except those with a job that is running or scheduled. */
const forgetUnused = (tx: Tx, besides: number) =>
  tx
    .delete(pushOrigins)
    .where(
      and(
        ne(pushOrigins.id, besides),
        notInArray(pushOrigins.id, tx.select({ id: pushSubscriptions.originId }).from(pushSubscriptions)),
        sql`not exists (select 1 from ${jobs} where ${jobs.key} = 'push.send ' || ${pushOrigins.id})`,
      ),
    )

/** Gives a device of mine another name. Throws `not_found` for a device of somebody else. */
export async function renameSubscription(tx: Tx, me: Pick<Person, 'id'>, id: number, name: string): Promise<void> {
  const mine = and(ownedBy(me), eq(pushSubscriptions.id, id))
  const [renamed] = await tx.update(pushSubscriptions).set({ name }).where(mine).returning({ id: pushSubscriptions.id })
  if (!renamed) throw noSuchDevice()
}

const noSuchDevice = () => new Problem('not_found', 'This device was not found.')

/** Deletes a subscription. Deleting one twice, or someone else's, changes nothing. */
export const removeSubscription = (tx: Tx, me: Pick<Person, 'id'>, id: number) =>
  tx.delete(pushSubscriptions).where(and(ownedBy(me), eq(pushSubscriptions.id, id)))

export type Device = { subscription: Subscription; deliveries: Push[] }

/** Lists the viewer's devices, each with its newest deliveries. */
export async function listSubscriptions(db: Reader, me: Pick<Person, 'id'>, wanted: Wanted, now: Date) {
  const rows = await subscriptionsOf(db).execute({ me: me.id, now: +now, ...placeholdersOf(wanted) })
  const page = toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
  return { ...page, items: await Promise.all(page.items.map((each) => withLog(db, each))) }
}

/** Finds a device of mine with its newest deliveries. Throws `not_found` once its session has ended. */
export async function findSubscription(db: Reader, me: Pick<Person, 'id'>, id: number, now: Date): Promise<Device> {
  const [found] = await ownSubscription(db).execute({ me: me.id, now: +now, id })
  if (!found) throw noSuchDevice()
  return withLog(db, found)
}

/** The viewer's subscriptions that are still open, by the placeholders `me` and `now`. */
const openOnes = (db: Reader, which: SQL | undefined) =>
  db
    .select()
    .from(pushSubscriptions)
    .where(and(ownedBy({ id: sql.placeholder('me') }), isSubscriptionOpen(sql.placeholder('now')), which))

const subscriptionsOf = prepared((db: Reader) =>
  openOnes(db, beforePlaceholder(pushSubscriptions.createdAt, pushSubscriptions.id))
    .orderBy(desc(pushSubscriptions.createdAt), desc(pushSubscriptions.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

const ownSubscription = prepared((db: Reader) =>
  openOnes(db, eq(pushSubscriptions.id, sql.placeholder('id')))
    .limit(1)
    .prepare(),
)

const withLog = async (db: Reader, subscription: Subscription): Promise<Device> => ({
  subscription,
  deliveries: await newestPushes(db).execute({ id: subscription.id }),
})

const newestPushes = prepared((db: Reader) =>
  db
    .select()
    .from(pushes)
    .where(eq(pushes.subscriptionId, sql.placeholder('id')))
    .orderBy(desc(pushes.createdAt), desc(pushes.id))
    .limit(LOGGED)
    .prepare(),
)

const CHUNK = 100

/** Deletes a batch of devices whose session has ended; returns true when there may be more. */
export async function forgetSignedOut(tx: Tx, now: Date): Promise<boolean> {
  return deleteDevices(tx, sql`not ${isSubscriptionOpen(now)}`)
}

/** Erases a batch of the devices of a deleted account; returns true when there may be more. */
export async function eraseSubscriptionsOf(tx: Tx, user: Pick<Person, 'id'>): Promise<boolean> {
  return deleteDevices(tx, ownedBy(user))
}

const deleteDevices = async (tx: Tx, which: SQL): Promise<boolean> =>
  (await deleteSome(tx, pushSubscriptions, which, { key: pushSubscriptions.id, most: CHUNK })).length === CHUNK
