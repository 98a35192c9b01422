import type { Person } from './people'

/** Counts the unread posts in an inbox that the reader may see. */
export type UnreadPosts = (me: Pick<Person, 'id'>) => Promise<number>
