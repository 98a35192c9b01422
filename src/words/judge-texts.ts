import type { Context } from 'hono'
import type { FlagField } from '../../shapes/words'
import type { Env } from '../context'
import { translateOf } from '../http/locale'
import { Problem } from '../problem'
import type { Flagged } from './flags'

type Texts = { field: FlagField; text: string | null | undefined; path: string; strict?: boolean }[]

/**
 * Judges what somebody sends by the host's list of words: throws when a text is refused, and returns those that are held
 * or marked. A strict text cannot wait, so it is refused instead of held. The staff may write every word, since they have to name it.
 */
export function judgeTexts(c: Context<Env>, texts: Texts): Flagged[] {
  const { viewer, app } = c.var
  if (viewer && viewer.role !== 'member') return []
  const t = translateOf(c)
  return texts.flatMap(({ field, text, path, strict }) => {
    const found = text ? app.judge(text) : null
    if (!found || !text) return []
    const { effect, words } = found
    if (effect === 'mark' || (effect === 'hold' && !strict)) return [{ field, text, effect, words }]
    const message = t('This community does not allow: {words}', { words: words.join(', ') })
    throw new Problem('invalid', 'Please check what you entered.', {
      code: 'word_refused',
      errors: [{ path, message }],
    })
  })
}

/** The names of a new account. A handle cannot change later, so it cannot wait either. */
export const namesIn = ({ handle, displayName }: { handle: string; displayName?: string | undefined }): Texts => [
  { field: 'displayName', text: handle, path: 'handle', strict: true },
  { field: 'displayName', text: displayName, path: 'displayName' },
]
