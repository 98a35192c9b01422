import type { PushWords } from '../../shapes/push'
import { sentenceOf } from '../notifications/sentence'
import { translateInto } from '../words'

/** The title and body of a push notification. The captions of sensitive posts and of those for adults are left out. */
export const pushWords: PushWords = (content, locale) => {
  const t = translateInto(locale)
  if (content === 'test')
    return { title: t('Notifications are working'), body: t('This device can receive notifications.') }
  const { coins, note, post } = content
  const title = sentenceOf({ ...content, ...{ coins: coins ?? undefined, note: note ?? undefined } }, t)
  return { title, body: post && !post.sensitive && !post.adultsOnly ? post.caption : '' }
}
