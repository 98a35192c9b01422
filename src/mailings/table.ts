import type { Every } from '../../shapes/mailings'
import { ref, str, table, time } from '../db/columns'

/** Recurring mail per person. People who have never chosen anything and were never mailed have no row. */
export const mailings = table('mailings', {
  userId: ref<'user'>().primaryKey(),
  digest: str().$type<Every>().notNull().default('off'),
  /** The time zone whose morning the digest arrives in. */
  timeZone: str(),
  /** When the next digest is due; null when digests are off. */
  digestAt: time(),
  /** The next digest covers what was published after this. */
  digestFrom: time(),
  /** Notifications up to this time were mailed, or need no mail. */
  noticesUpto: time(),
  noticesSentAt: time(),
})
