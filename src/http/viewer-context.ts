import type { Context } from 'hono'
import type { Translate } from '../../views/words'
import type { Env } from '../context'
import type { Account, Person } from '../ports/people'
import { translateOf } from './locale'
import type { Bytes } from './media-url'

/** The viewer of something with their language, and the links to media they are given. */
export type ViewerContext = {
  /** Outside of requests, for example in mails, the viewer has no role. */
  viewer: (Person & Partial<Pick<Account, 'role'>>) | null
  t: Translate
  urlOf: (file: number, rendition: Bytes, forAnyone: boolean) => string
  /** Returns what was made from an object with links to a file, as long as they are the same. It must not be changed. */
  remembered: <T>(file: number, from: object, forAnyone: boolean, make: () => T) => T
}

/** The context of each request, since a page asks for it with every row. */
const contexts = new WeakMap<Context, ViewerContext>()

/** `forAnyone` applies only in a public community. In a members-only community every media link belongs to a viewer. */
export function viewerContextOf(c: Context<Env>, viewer: ViewerContext['viewer'] = c.var.viewer): ViewerContext {
  const known = contexts.get(c)
  if (known && known.viewer === viewer) return known
  const { mediaUrls, settings } = c.var.app
  const isPublic = settings().access === 'public'
  const holderOf = (forAnyone: boolean): number => {
    const holder = forAnyone && isPublic ? 0 : viewer?.id
    if (holder === undefined) throw new Error('a visitor was shown a file that is not for everyone')
    return holder
  }
  const made: ViewerContext = {
    viewer,
    t: translateOf(c),
    urlOf: (file, rendition, forAnyone) =>
      mediaUrls.urlOf({ viewer: holderOf(forAnyone), file, asOf: c.var.asOf }, rendition),
    remembered: (file, from, forAnyone, make) =>
      mediaUrls.remembered({ viewer: holderOf(forAnyone), file, asOf: c.var.asOf }, from, make),
  }
  contexts.set(c, made)
  return made
}
