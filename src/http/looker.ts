import type { Context } from 'hono'
import type { Translate } from '../../views/words'
import type { Env } from '../context'
import type { Person } from '../ports/people'
import { translateOf } from './locale'
import type { Bytes } from './media-url'

/** Who looks at something, in which language, and so which links to its bytes they are given. */
export type Looker = {
  viewer: Person | null
  t: Translate
  urlOf: (file: number, rendition: Bytes, forAnyone: boolean) => string
}

/** `forAnyone` holds only in a public community: where only members may look at all, no link is for whoever has it. */
export function lookerOf(c: Context<Env>, viewer: Person | null = c.var.viewer): Looker {
  const { mediaUrls, settings } = c.var.app
  return {
    viewer,
    t: translateOf(c),
    urlOf(file, rendition, forAnyone) {
      const holder = forAnyone && settings().access === 'public' ? 0 : viewer?.id
      if (holder === undefined) throw new Error('a link for nobody: what is not for anyone was shown to a stranger')
      return mediaUrls.urlOf(holder, file, rendition)
    },
  }
}
