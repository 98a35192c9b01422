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
}

/** `forAnyone` applies only in a public community. In a members-only community every media link belongs to a viewer. */
export function viewerContextOf(c: Context<Env>, viewer: ViewerContext['viewer'] = c.var.viewer): ViewerContext {
  const { app, viewerContext } = c.var
  if (viewerContext && viewerContext.viewer === viewer) return viewerContext // a page asks for each of its rows
  const { mediaUrls, settings } = app
  const isPublic = settings().access === 'public'
  const made: ViewerContext = {
    viewer,
    t: translateOf(c),
    urlOf(file, rendition, forAnyone) {
      const holder = forAnyone && isPublic ? 0 : viewer?.id
      if (holder === undefined) throw new Error('a visitor was shown a file that is not for everyone')
      return mediaUrls.urlOf(holder, file, rendition)
    },
  }
  c.set('viewerContext', made)
  return made
}
