import { and, desc, eq, exists, gt, gte, inArray, isNotNull, isNull, lte, ne, not, or, sql } from 'drizzle-orm'
import type { Id } from '../../db/columns'
import { isTrue } from '../../db/columns'
import { deleteSome } from '../../db/delete-some'
import type { Reader, Tx } from '../../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../../db/page'
import { prepared } from '../../db/prepared'
import { files } from '../../files/table'
import { enqueue } from '../../jobs/queue'
import { purchases } from '../../library/table'
import { NOTES, type Note } from '../../notifications/notes'
import { notify } from '../../notifications/notify'
import type { Person } from '../../ports/people'
import { posts } from '../../posts/table'
import { Problem } from '../../problem'
import { users } from '../table'
import { type Export, exports } from './table'

type Me = Pick<Person, 'id'>
type ExportId = Id<'export'>

const DAY_MS = 24 * 3600_000
/** How long a zip can be downloaded. A slow line needs days for a large one. */
const KEPT_MS = 7 * DAY_MS
/** How many zips a person can have made in a day, since each reads everything that they have stored. */
const MOST_A_DAY = 3

/** Asks for a zip with everything of the person. One is made at a time. */
export async function askExport(tx: Tx, me: Me, now: Date): Promise<Export> {
  const mine = eq(exports.userId, me.id)
  if (await tx.$count(exports, and(mine, eq(exports.status, 'making'))))
    throw new Problem('conflict', 'Your data is being collected already. You will be notified when it is ready.', {
      code: 'in_progress',
    })
  const recent = await tx
    .select({ at: exports.createdAt })
    .from(exports)
    .where(and(mine, gt(exports.createdAt, new Date(+now - DAY_MS))))
    .orderBy(exports.createdAt)
  if (recent.length >= MOST_A_DAY)
    throw new Problem('rate_limited', 'You can collect your data three times a day. Please try again tomorrow.', {
      retryAfter: Math.ceil((+recent[0]!.at + DAY_MS - +now) / 1000),
    })
  const [made] = await tx.insert(exports).values({ userId: me.id, createdAt: now }).returning()
  await enqueue(tx, 'exports.make', { exportId: made!.id }, now, me.id)
  return made!
}

/** A newer zip has replaced it. The row only counts towards the limit of a day. */
const isReplaced = sql`(${exports.status} = 'ready' and ${exports.bytes} is null)`

/** Lists the exports of a person, newest first, without those that a newer one replaced. */
export async function listExports(db: Reader, me: Me, wanted: Wanted) {
  const rows = await ofPerson(db).execute({ id: me.id, ...placeholdersOf(wanted) })
  return toPage(rows, wanted, ({ createdAt, id }) => ({ at: createdAt, id }))
}

const ofPerson = prepared((db: Reader) =>
  db
    .select()
    .from(exports)
    .where(
      and(eq(exports.userId, sql.placeholder('id')), not(isReplaced), beforePlaceholder(exports.createdAt, exports.id)),
    )
    .orderBy(desc(exports.createdAt), desc(exports.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

/** Finds an export of this person. That of somebody else is reported as not found. */
export async function findExport(db: Reader, me: Me, id: ExportId): Promise<Export> {
  const [found] = await ofId(db).execute({ me: me.id, id })
  if (!found) throw new Problem('not_found', 'There is no such export. It may have expired.')
  return found
}

const ofId = prepared((db: Reader) =>
  db
    .select()
    .from(exports)
    .where(and(eq(exports.id, sql.placeholder('id')), eq(exports.userId, sql.placeholder('me')), not(isReplaced)))
    .limit(1)
    .prepare(),
)

/**
 * Whether the zip may hold something that the person bought and lost since they asked for it: a purchase that ended, or a
 * post that is for adults, after the person stopped being one here or the post began to be. Links to these files ended then, too.
 */
export async function isOutOfDate(db: Reader, { userId, createdAt }: Export): Promise<boolean> {
  const values = { userId, since: +createdAt }
  return !!((await ended(db).execute(values)).length || (await forAdultsOnly(db).execute(values)).length)
}

const since = sql.placeholder('since')
const isBuyer = eq(purchases.buyerId, sql.placeholder('userId'))

const ended = prepared((db: Reader) =>
  db
    .select({ id: purchases.id })
    .from(purchases)
    .where(and(isBuyer, gte(purchases.endedAt, since)))
    .limit(1)
    .prepare(),
)

const forAdultsOnly = prepared((db: Reader) => {
  const endedFiles = db
    .select({ id: files.id })
    .from(files)
    .where(and(eq(files.postId, purchases.postId), gte(files.epochAt, since)))
  return db
    .select({ id: purchases.id })
    .from(purchases)
    .innerJoin(users, eq(users.id, purchases.buyerId))
    .innerJoin(posts, eq(posts.id, purchases.postId))
    .where(
      and(
        isBuyer,
        isNull(purchases.endedAt),
        isNull(users.adultAt),
        isTrue(posts.adultsOnly),
        or(gte(users.epochAt, since), exists(endedFiles)),
      ),
    )
    .limit(1)
    .prepare()
})

/** Looks up an export that is being made. */
export async function lookUpMaking(db: Reader, id: ExportId): Promise<Export | undefined> {
  const [found] = await db
    .select()
    .from(exports)
    .where(and(eq(exports.id, id), eq(exports.status, 'making')))
  return found
}

/** Offers the zip for download in place of earlier ones. Returns false if it is no longer wanted. */
export async function finishExport(tx: Tx, id: ExportId, bytes: number, now: Date): Promise<boolean> {
  const done = await end(tx, id, { status: 'ready', bytes }, NOTES.exportReady, now)
  if (!done) return false
  const earlier = await tx
    .update(exports)
    .set({ bytes: null, expiresAt: now })
    .where(
      and(eq(exports.userId, done.userId), eq(exports.status, 'ready'), ne(exports.id, id), isNotNull(exports.bytes)),
    )
    .returning({ id: exports.id })
  for (const { id } of earlier) await enqueue(tx, 'exports.erase', { exportId: id }, now)
  return true
}

/** Ends an export that could not be made, and tells its owner. */
export const failExport = (tx: Tx, id: ExportId, error: string, now: Date) =>
  end(tx, id, { status: 'failed', error }, NOTES.exportFailed, now)

async function end(tx: Tx, id: ExportId, how: Partial<Export>, { note }: Note, now: Date) {
  const [ended] = await tx
    .update(exports)
    .set({ ...how, expiresAt: new Date(+now + KEPT_MS) })
    .where(and(eq(exports.id, id), eq(exports.status, 'making')))
    .returning()
  if (ended) await notify(tx, { userId: ended.userId, kind: 'staff', note, at: now })
  return ended
}

/** The ids of exports, of those that exist. */
export async function knownExports(db: Reader, ids: ExportId[]): Promise<Set<ExportId>> {
  const rows = await db.select({ id: exports.id }).from(exports).where(inArray(exports.id, ids))
  return new Set(rows.map(({ id }) => id))
}

const CHUNK = 100

/** Deletes a chunk of expired exports, and lets jobs delete their bytes. Returns true when there may be more. */
export async function forgetExports(tx: Tx, now: Date): Promise<boolean> {
  const old = and(lte(exports.expiresAt, now), lte(exports.createdAt, new Date(+now - DAY_MS)))
  const ids = await deleteSome(tx, exports, old, { key: exports.id, most: CHUNK })
  for (const exportId of ids) await enqueue(tx, 'exports.erase', { exportId }, now)
  return ids.length === CHUNK
}

/** Erases the exports of a person who leaves. They are few. */
export async function eraseExportsOf(tx: Tx, user: Me, now: Date): Promise<boolean> {
  const rows = await tx.delete(exports).where(eq(exports.userId, user.id)).returning({ id: exports.id })
  for (const { id } of rows) await enqueue(tx, 'exports.erase', { exportId: id }, now)
  return false
}
