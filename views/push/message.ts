import type { PushWords } from '../../shapes/push'
import { sentenceOf } from '../notifications/sentence'
import { createTranslate } from '../words'

/** What a phone shows; of a sensitive post no word. */
export const pushWords: PushWords = (told, locale) => {
  const t = createTranslate(locale)
  if (told === 'test')
    return { title: t('Notifications are working'), body: t('This device can receive notifications.') }
  const { coins, note, post } = told
  const title = sentenceOf({ ...told, ...{ coins: coins ?? undefined, note: note ?? undefined } }, t)
  return { title, body: post && !post.sensitive ? post.caption : '' }
}
