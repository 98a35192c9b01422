import type { IconName } from '../../shapes/mark'
import { str, table } from '../db/columns'

/**
 * The icons of the mark that the host chose. They are in the database because they are small and few: so every server
 * of a community, every backup and every move has them.
 */
export const marks = table('marks', {
  name: str().$type<IconName>().primaryKey(),
  /** The hash of all icons, which is part of their addresses. */
  hash: str().notNull(),
  /** PNG in base64. */
  bytes: str().notNull(),
})
