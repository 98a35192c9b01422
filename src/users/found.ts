import { and, desc, eq, ne, not, sql } from 'drizzle-orm'
import { notBlocked } from '../blocks/between'
import { byCloseness, sift } from '../db/closeness'
import { isAnyOf } from '../db/columns'
import { matches, matchOf, names } from '../db/full-text'
import type { Reader } from '../db/open'
import { toPage, type Wanted } from '../db/page'
import { prepared, preparedForViewer } from '../db/prepared'
import { noAuthorOfMutedPost } from '../muted-posts/condition'
import { notMuted } from '../mutes/muted'
import type { Person } from '../ports/people'
import { followedBy, present, type Seen, seenBy } from './person'
import { users } from './table'

const behind = sql`(${users.followers}, ${users.id}) < (${sql.placeholder('followers')}, ${sql.placeholder('before')})`

/**
 * Finds people by handle or name: exact words before beginnings before parts of words, then those with more followers.
 * People whom the viewer mutes are found, since muting only keeps away what comes unasked.
 */
export const searchPeople = (db: Reader, viewer: Person | null, words: string[], wanted: Wanted) =>
  byCloseness(
    wanted,
    async (closeness, after, most) => {
      const matching = matchOf(words, closeness)
      if (!matching) return []
      return sift(
        after,
        most,
        ({ weight: followers, id: before }, most) => named(db).execute({ matching, followers, before, most }),
        (ids) => shown(db, viewer, ids),
      )
    },
    ({ followers, id }) => ({ weight: followers, id }),
  )

const named = prepared((db: Reader) =>
  db
    .select({ id: users.id, weight: users.followers })
    .from(names)
    .innerJoin(users, eq(users.id, names.rowid))
    .where(and(matches(names), behind))
    .orderBy(desc(users.followers), desc(users.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)

async function shown(db: Reader, viewer: Person | null, ids: number[]): Promise<Map<number, Seen>> {
  const rows = await listed(db, viewer).execute({ viewerId: viewer?.id, ids: JSON.stringify(ids) })
  return new Map(rows.map((row) => [row.id, row]))
}

const listed = preparedForViewer((db: Reader, viewer) =>
  db
    .select(seenBy(viewer))
    .from(users)
    .where(and(isAnyOf(users.id, 'ids'), present, notBlocked(viewer, users.id)))
    .prepare(),
)

/** Lists people whom the viewer does not follow yet, those with most followers first. */
export async function suggestPeople(db: Reader, viewer: Person | null, wanted: Wanted) {
  const { cursor, limit } = wanted
  const followers = cursor ? +cursor.at : Number.MAX_SAFE_INTEGER
  const rows = await suggested(db, viewer).execute({
    viewerId: viewer?.id,
    followers,
    before: cursor?.id ?? 0,
    most: limit + 1,
  })
  return toPage(rows, wanted, (row) => ({ at: new Date(row.followers), id: row.id }))
}

const suggested = preparedForViewer((db: Reader, viewer) =>
  db
    .select(seenBy(viewer))
    .from(users)
    .where(
      and(
        behind,
        present,
        viewer ? and(ne(users.id, viewer.id), not(followedBy(viewer))) : undefined,
        notBlocked(viewer, users.id),
        notMuted(viewer, users.id),
        noAuthorOfMutedPost(viewer, users.id),
      ),
    )
    .orderBy(desc(users.followers), desc(users.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)
