import type { FileJson } from '../../shapes/files'
import { timeInSentence } from '../parts/time'
import type { Translate } from '../words'

/**
 * The name of a file in a list of the viewer's own ones: what they wrote about it, or else the name under which it was
 * uploaded, and when, since phones give all photos the same name.
 */
export function ownFileName({ altText, name, kind, createdAt }: FileJson, t: Translate): string {
  if (altText) return altText
  const known = name || (kind === 'video' ? t('Video') : t('Photo'))
  return createdAt ? t('{name}, uploaded {time}', { name: known, time: timeInSentence(createdAt, t.locale) }) : known
}
