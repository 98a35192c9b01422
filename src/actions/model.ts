import { and, desc, eq, sql } from 'drizzle-orm'
import { type ActionKind, DELETED } from '../../shapes/actions'
import { alias } from '../db/columns'
import type { Reader } from '../db/open'
import { before, type Page, toPage, type Wanted } from '../db/page'
import type { Person } from '../ports/people'
import { users } from '../users/table'
import { actions } from './table'

const doer = alias(users, 'doer')
/** The handle under which someone is shown; null when nobody is named. */
const shownAs = (user: typeof users | typeof doer) =>
  sql<string | null>`case when ${user.deletedAt} is null then ${user.handle} else ${DELETED} end`

export type ActionRow = { action: typeof actions.$inferSelect; by: string | null; on: string | null }
type Which = { by?: Pick<Person, 'id'> | undefined; on?: Pick<Person, 'id'> | undefined; kind?: ActionKind | undefined }

/** Lists what was done by somebody, about somebody and of a kind, newest first. */
export async function listActions(db: Reader, { by, on, kind }: Which, wanted: Wanted): Promise<Page<ActionRow>> {
  const which = and(
    by && eq(actions.staffId, by.id),
    on && eq(actions.userId, on.id),
    kind && eq(actions.kind, kind),
    before(wanted.cursor, actions.at, actions.id),
  )
  const rows = await db
    .select({ action: actions, by: shownAs(doer), on: shownAs(users) })
    .from(actions)
    .leftJoin(doer, eq(doer.id, actions.staffId))
    .leftJoin(users, eq(users.id, actions.userId))
    .where(which)
    .orderBy(desc(actions.at), desc(actions.id))
    .limit(wanted.limit + 1)
  return toPage(rows, wanted, ({ action: { at, id } }) => ({ at, id }))
}
