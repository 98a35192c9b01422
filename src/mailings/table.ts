import type { Every } from '../../shapes/mailings'
import { ref, str, table, time } from '../db/columns'

/** What somebody gets by mail again and again; nobody has a row who never chose anything and was never told anything by mail. */
export const mailings = table('mailings', {
  userId: ref().primaryKey(),
  digest: str().$type<Every>().notNull().default('off'),
  /** Where it comes in the morning. */
  timeZone: str(),
  /** When the next digest is due; null when it is off. */
  digestAt: time(),
  /** It tells what came after this. */
  digestFrom: time(),
  /** Notices up to here were mailed, or need not be. */
  noticesUpto: time(),
  noticesSentAt: time(),
})
