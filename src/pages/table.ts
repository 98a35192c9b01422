import type { PageName } from '../../shapes/pages'
import { str, table, time } from '../db/columns'

/** The pages that the host wrote, in Markdown. */
export const pages = table('pages', {
  name: str().$type<PageName>().primaryKey(),
  text: str().notNull(),
  changedAt: time().notNull(),
})

export type Page = typeof pages.$inferSelect
