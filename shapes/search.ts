import { z } from 'zod'
import { object } from './object'
import { postSchema } from './posts'
import { tagSchema } from './tags'
import { userSchema } from './users'

/** The kinds of things that people can search for, in the order of the page. */
export const SEARCHED = ['users', 'tags', 'posts'] as const
export type Searched = (typeof SEARCHED)[number]

/** How long a query may be. */
export const MOST_QUERY = 100

const listOf = <T extends z.ZodType>(items: T) =>
  object(() => ({ items: z.array(items), nextCursor: z.string().nullable() })).optional()

export const foundSchema = object(() => ({
  posts: listOf(postSchema),
  users: listOf(userSchema),
  tags: listOf(tagSchema),
})).meta({ id: 'Found' })

export type FoundJson = z.infer<typeof foundSchema>
