import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import type { Person } from '../ports/people'
import { authorOf, forAgeOf, postFor, withFiles } from '../posts/feed'
import { posts } from '../posts/table'
import { users } from '../users/table'
import { purchases } from './table'

/** Lists a person's purchases, newest first, even when the price, the follow or the post has changed since. */
export async function listLibrary(db: Reader, me: Person, wanted: Wanted) {
  const rows = await held(db).execute({ id: me.id, ...placeholdersOf(wanted) })
  const page = toPage(rows, wanted, ({ purchase: { at, id } }) => ({ at, id }))
  return { ...page, items: await withFiles(db, page.items) }
}

const held = prepared((db: Reader) => {
  const me = { id: sql.placeholder('id') }
  return db
    .select({ ...postFor(me), purchase: purchases })
    .from(purchases)
    .innerJoin(posts, eq(posts.id, purchases.postId))
    .innerJoin(users, authorOf)
    .where(
      and(
        eq(purchases.buyerId, me.id),
        isNull(purchases.endedAt),
        isNull(posts.removedAt),
        forAgeOf(me),
        beforePlaceholder(purchases.at, purchases.id),
      ),
    )
    .orderBy(desc(purchases.at), desc(purchases.id))
    .limit(sql.placeholder('most'))
    .prepare()
})
