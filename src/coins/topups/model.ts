import { and, desc, eq, sql } from 'drizzle-orm'
import type { TopupStatus } from '../../../shapes/topups'
import { record } from '../../actions/record'
import type { Reader, Tx } from '../../db/open'
import { before, beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../../db/page'
import { prepared } from '../../db/prepared'
import { notify } from '../../notifications/model'
import { NOTES } from '../../notifications/notes'
import { tellAdministrators } from '../../notifications/staff'
import type { Person } from '../../ports/people'
import { Problem } from '../../problem'
import { users } from '../../users/table'
import { issue } from '../model'
import { type Topup, topups } from './table'

/** How many open requests a person can have, so that one person cannot flood the staff. */
const MOST_PENDING = 5

/** How long a bank transfer is awaited. */
const TRANSFER_MS = 7 * 24 * 3600_000

export type TopupDraft = {
  coins: number
  note: string
  /** The name on a bank transfer, and the pack that is paid by it. */
  depositor?: string | undefined
  price?: { amount: number; currency: string } | undefined
}

/** Requests a top-up, and tells the administrators of it. No coins move until one of them approves it. */
export async function askTopup(
  tx: Tx,
  me: Pick<Person, 'id'>,
  { coins, note, depositor, price }: TopupDraft,
  now: Date,
): Promise<Topup> {
  const waiting = await tx.$count(topups, and(eq(topups.userId, me.id), eq(topups.status, 'pending')))
  if (waiting >= MOST_PENDING)
    throw new Problem(
      'conflict',
      'You already have {n} open requests. Withdraw one, or wait for the staff.',
      { code: 'too_many_pending' },
      { n: MOST_PENDING },
    )
  const [made] = await tx
    .insert(topups)
    .values({
      userId: me.id,
      coins,
      note,
      status: 'pending',
      createdAt: now,
      ...price,
      ...(depositor && { depositor, dueAt: new Date(+now + TRANSFER_MS) }),
    })
    .returning()
  await tellAdministrators(tx, me, NOTES.topupWaits, now)
  return made!
}

/** Lists the top-ups that a person asked for, newest first. */
export async function listTopupsOf(db: Reader, me: Pick<Person, 'id'>, wanted: Wanted) {
  const rows = await topupsOf(db).execute({ id: me.id, ...placeholdersOf(wanted) })
  return toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
}

const topupsOf = prepared((db: Reader) =>
  db
    .select()
    .from(topups)
    .where(and(eq(topups.userId, sql.placeholder('id')), beforePlaceholder(topups.createdAt, topups.id)))
    .orderBy(desc(topups.createdAt), desc(topups.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

/** Lists the top-ups of everybody, optionally of one status or with a part of the depositor's name. */
export async function listTopups(
  db: Reader,
  { status, q }: { status?: TopupStatus | undefined; q?: string | undefined },
  wanted: Wanted,
) {
  const rows = await db
    .select({ topup: topups, handle: users.handle, displayName: users.displayName })
    .from(topups)
    .innerJoin(users, eq(users.id, topups.userId))
    .where(
      and(
        status === 'pending' ? isPending : status && eq(topups.status, status),
        q ? hasDepositor(q) : undefined,
        before(wanted.cursor, topups.createdAt, topups.id),
      ),
    )
    .orderBy(desc(topups.createdAt), desc(topups.id))
    .limit(wanted.limit + 1)
  return toPage(rows, wanted, ({ topup: { createdAt, id } }) => ({ at: createdAt, id }))
}

/** The status is written out, since only then is the index of what waits used. */
const isPending = sql`${topups.status} = 'pending'`

const hasDepositor = (q: string) => sql`${topups.depositor} like ${`%${q.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`

/** Counts the top-ups that wait for the staff. */
export const countPending = (db: Reader): Promise<number> => db.$count(topups, isPending)

/** Finds a top-up of anybody, with the person. Throws `not_found`. */
export async function findTopup(db: Reader, id: number) {
  const [found] = await db
    .select({ topup: topups, handle: users.handle, displayName: users.displayName })
    .from(topups)
    .innerJoin(users, eq(users.id, topups.userId))
    .where(eq(topups.id, id))
    .limit(1)
  if (!found) throw new Problem('not_found', 'There is no such request.')
  return found
}

/** Withdraws an undecided top-up of mine. Withdrawing twice changes nothing. */
export async function withdrawTopup(tx: Tx, me: Pick<Person, 'id'>, id: number, now: Date): Promise<void> {
  const mine = and(eq(topups.id, id), eq(topups.userId, me.id))
  const withdrawn = { status: 'withdrawn' as const, decidedAt: now }
  const rows = await tx
    .update(topups)
    .set(withdrawn)
    .where(and(mine, eq(topups.status, 'pending')))
    .returning({ id: topups.id })
  if (rows.length) return
  const [found] = await tx.select().from(topups).where(mine).limit(1)
  if (found && found.status !== 'withdrawn') throw decided()
}

/** Withdraws all open top-ups of a person who leaves, so that they cannot be approved later. */
export const withdrawTopupsOf = (tx: Tx, user: Pick<Person, 'id'>, now: Date) =>
  tx
    .update(topups)
    .set({ status: 'withdrawn', decidedAt: now })
    .where(and(eq(topups.userId, user.id), eq(topups.status, 'pending')))

const decided = () =>
  new Problem('conflict', 'This request has already been decided. Reload the page to see how.', {
    code: 'already_decided',
  })

type Decision = { status: 'approved' | 'refused'; note?: string | undefined }

/**
 * Decides a top-up and notifies the person. The first decision counts: the same decision again changes nothing, and a
 * different one is refused.
 */
export async function decideTopup(
  tx: Tx,
  staff: Pick<Person, 'id'>,
  id: number,
  { status, note }: Decision,
  now: Date,
): Promise<void> {
  const { topup } = await findTopup(tx, id)
  if (topup.status === status) return
  if (topup.status !== 'pending') throw decided()
  const transferId = status === 'approved' ? await issue(tx, { id: topup.userId }, creditOf(topup), now) : null
  await tx
    .update(topups)
    .set({ status, decidedAt: now, decidedBy: staff.id, answer: note ?? null, transferId })
    .where(eq(topups.id, id))
  const { userId, coins } = topup
  const kind = status === 'approved' ? 'topup_approved' : 'topup_refused'
  await record(tx, { kind, by: staff, on: { id: userId }, reason: note, detail: { topupId: id, coins } }, now)
  await notify(tx, { userId, kind: 'staff', at: now, ...(status === 'approved' && { coins }), ...(note && { note }) })
}

const creditOf = ({ id, coins, note }: Topup) => ({ kind: 'topup' as const, cause: `topup:${id}`, coins, note })

/** Withdraws open top-ups of a deleted account and erases its texts. Everything that the ledger needs stays. */
export async function eraseTopupsOf(tx: Tx, user: Pick<Person, 'id'>, now: Date): Promise<boolean> {
  await withdrawTopupsOf(tx, user, now)
  await tx.update(topups).set({ note: '', answer: null, depositor: null }).where(eq(topups.userId, user.id))
  return false
}
