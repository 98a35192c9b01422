import type { Tx } from '../db/open'
import { chooseDigest } from '../mailings/model'
import { changeSettings } from '../notifications/settings/model'
import { KINDS } from '../notifications/table'
import type { MailingList } from './unsubscribe-links'

/** No more mail of this kind; doing it again changes nothing. */
export async function unsubscribe(tx: Tx, userId: number, list: MailingList, now: Date): Promise<void> {
  const me = { id: userId }
  if (list === 'digest') await chooseDigest(tx, me, { digest: 'off' }, now)
  else await changeSettings(tx, me, { choices: Object.fromEntries(KINDS.map((kind) => [kind, { mail: false }])) })
}
