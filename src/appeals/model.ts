import { and, desc, eq, gte, inArray, isNull, sql } from 'drizzle-orm'
import { actions } from '../actions/table'
import { idIn } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { NOTES } from '../notifications/notes'
import { tellStaff } from '../notifications/staff'
import type { Account, Person } from '../ports/people'
import { Problem } from '../problem'
import { wasSuspended } from '../users/person'
import { type Appeal, appeals } from './table'

export type Removed = { about: 'post' | 'comment'; id: number }
export type RemovedRow = Removed & { at: Date; appeal: Appeal | null }

const KINDS = { post: 'post_removed', comment: 'comment_removed' } as const
const COLUMNS = { post: appeals.postId, comment: appeals.commentId } as const

type Detail = { postId?: number; commentId?: number }

const removals = prepared((db: Reader) =>
  db
    .select({ id: actions.id, at: actions.at, kind: actions.kind, detail: actions.detail })
    .from(actions)
    .where(
      and(
        eq(actions.userId, sql.placeholder('userId')),
        inArray(actions.kind, Object.values(KINDS)),
        beforePlaceholder(actions.at, actions.id),
      ),
    )
    .orderBy(desc(actions.at), desc(actions.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

/** Lists what the staff removed of somebody, with their answers, newest first. */
export async function listRemoved(db: Reader, me: Pick<Person, 'id'>, wanted: Wanted) {
  const rows = await removals(db).execute({ userId: me.id, ...placeholdersOf(wanted) })
  const page = toPage(rows, wanted, ({ at, id }) => ({ at, id }))
  const items: RemovedRow[] = []
  for (const { kind, at, detail } of page.items) {
    const about = kind === 'post_removed' ? 'post' : 'comment'
    const { postId, commentId } = detail as Detail
    const id = (about === 'post' ? postId : commentId) ?? 0
    items.push({ about, id, at, appeal: await findAppeal(db, me, { about, id }) })
  }
  return { ...page, items }
}

const appealOf = {
  post: prepared((db: Reader) => appealAbout(db, 'post')),
  comment: prepared((db: Reader) => appealAbout(db, 'comment')),
}

const appealAbout = (db: Reader, about: Removed['about']) =>
  db
    .select()
    .from(appeals)
    .where(and(eq(appeals.userId, sql.placeholder('userId')), eq(COLUMNS[about], sql.placeholder('id'))))
    .prepare()

async function findAppeal(db: Reader, me: Pick<Person, 'id'>, { about, id }: Removed): Promise<Appeal | null> {
  const [row] = await appealOf[about](db).execute({ userId: me.id, id })
  return row ?? null
}

const answered = () =>
  new Problem('conflict', 'You have answered already. The staff will tell you what they decide.', {
    code: 'already_appealed',
  })

/** Answers the removal of a post or comment, once. Only what the staff removed can be answered, and only by its author. */
export async function appealRemoval(
  tx: Tx,
  me: Pick<Person, 'id'>,
  { about, id }: Removed,
  text: string,
  now: Date,
): Promise<Appeal> {
  const removed = and(
    eq(actions.userId, me.id),
    eq(actions.kind, KINDS[about]),
    eq(idIn(actions.detail, `${about}Id`), id),
  )
  if (!(await tx.$count(actions, removed)))
    throw new Problem('not_found', 'The staff have not removed anything of yours with this number.')
  if (await findAppeal(tx, me, { about, id })) throw answered()
  return add(tx, { userId: me.id, [`${about}Id`]: id, text }, now)
}

/** Answers a suspension, once. Somebody who is leaving is only hidden, and comes back by signing in. */
export async function appealSuspension(tx: Tx, me: Account, text: string, now: Date): Promise<Appeal> {
  if (!me.suspendedAt || !wasSuspended(me))
    throw new Problem('conflict', 'Your account is not suspended.', { code: 'not_suspended' })
  const same = and(
    eq(appeals.userId, me.id),
    isNull(appeals.postId),
    isNull(appeals.commentId),
    gte(appeals.createdAt, me.suspendedAt),
  )
  if (await tx.$count(appeals, same)) throw answered()
  return add(tx, { userId: me.id, text }, now)
}

async function add(tx: Tx, draft: { userId: number; text: string }, now: Date): Promise<Appeal> {
  const [made] = await tx
    .insert(appeals)
    .values({ ...draft, createdAt: now })
    .returning()
  await tellStaff(tx, NOTES.appealWaits, now)
  return made!
}

/** Erases the appeals of a deleted account. There are few enough for one transaction. */
export async function eraseAppealsOf(tx: Tx, user: Pick<Person, 'id'>): Promise<boolean> {
  await tx.delete(appeals).where(eq(appeals.userId, user.id))
  return false
}
