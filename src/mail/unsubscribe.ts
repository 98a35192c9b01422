import { KINDS } from '../../shapes/notifications'
import type { Tx } from '../db/open'
import { chooseDigest } from '../mailings/model'
import { changeNoticeSettings } from '../notifications/settings/model'
import type { MailingList } from '../ports/mail'

/** Stops this kind of mail; repeating the call changes nothing. */
export async function unsubscribe(tx: Tx, userId: number, list: MailingList, now: Date): Promise<void> {
  const me = { id: userId }
  if (list === 'digest') await chooseDigest(tx, me, { digest: 'off' }, now, 'UTC')
  else await changeNoticeSettings(tx, me, { choices: Object.fromEntries(KINDS.map((kind) => [kind, { mail: false }])) })
}
