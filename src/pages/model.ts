import { eq, sql } from 'drizzle-orm'
import { AGREED_PAGES, PAGE_NAMES, type PageName } from '../../shapes/pages'
import type { Reader, Store, Tx } from '../db/open'
import { prepared } from '../db/prepared'
import type { WrittenPages } from '../ports/pages'
import { Problem } from '../problem'
import { type Page, pages } from './table'

// Prepared, since the list is read after every commit.
const queries = prepared((db: Reader) => ({
  one: db
    .select()
    .from(pages)
    .where(eq(pages.name, sql.placeholder('name')))
    .prepare(),
  list: db.select({ name: pages.name, changedAt: pages.changedAt }).from(pages).prepare(),
}))

/** Finds a page of the host. Throws `not_found` for one that was not written. */
export async function findPage(db: Reader, name: string): Promise<Page> {
  const [page] = await queries(db).one.execute({ name })
  if (!page) throw new Problem('not_found', 'The host of this community has not written this page.')
  return page
}

/** Writes a page of the host, in place of the text that it had. */
export async function writePage(tx: Tx, name: PageName, text: string, changedAt: Date): Promise<Page> {
  const [page] = await tx
    .insert(pages)
    .values({ name, text, changedAt })
    .onConflictDoUpdate({ target: pages.name, set: { text, changedAt } })
    .returning()
  return page!
}

/** Deletes a page. Returns false when it was not written. */
export const deletePage = async (tx: Tx, name: PageName): Promise<boolean> =>
  (await tx.delete(pages).where(eq(pages.name, name)).returning({ name: pages.name })).length > 0

async function readWritten(db: Reader): Promise<WrittenPages> {
  const written = new Map((await queries(db).list.execute()).map(({ name, changedAt }) => [name, changedAt]))
  const agreed = AGREED_PAGES.flatMap((name) => +(written.get(name) ?? 0) || [])
  return {
    names: PAGE_NAMES.filter((name) => written.has(name)),
    agreedAfter: agreed.length ? new Date(Math.max(...agreed)) : null,
  }
}

/**
 * Keeps the list of written pages in memory, since the foot of every page links to them. It is read again after every
 * change, also by another process.
 */
export async function watchPages({ db, onChange }: Pick<Store, 'db' | 'onChange'>): Promise<() => WrittenPages> {
  let current = await readWritten(db)
  onChange(async () => {
    current = await readWritten(db)
  }, [pages])
  return () => current
}
