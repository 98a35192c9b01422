import type { Translate } from '../../words'

/** The counting of the posts with a tag ends here. */
const MOST = 1000

export const postsText = (t: Translate, posts: number): string =>
  posts < MOST ? t({ one: '{n} post', other: '{n} posts' }, { n: posts }) : t('{n} posts or more', { n: MOST })
