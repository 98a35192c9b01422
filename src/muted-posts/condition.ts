import { type Column, eq, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { posts } from '../posts/table'
import { mutedPosts } from './table'

type Me = { id: number | Placeholder | Column } | null

/** An SQL condition for posts that come unasked: the viewer has not said that this one does not interest them. */
export const notMutedPost = (me: Me, post: Column): SQL | undefined =>
  me
    ? sql`(
        not exists (select 1 from ${mutedPosts} where ${mutedPosts.userId} = ${me.id})
        or not exists (select 1 from ${mutedPosts} where ${mutedPosts.userId} = ${me.id} and ${mutedPosts.postId} = ${post})
      )`
    : undefined

/**
 * An SQL condition for people who are suggested unasked: none of their posts is muted by the viewer. The authors are
 * looked up once for a query, and not once for each person.
 */
export const noAuthorOfMutedPost = (me: Me, person: Column): SQL | undefined =>
  me
    ? sql`${person} not in (
        select ${posts.authorId} from ${mutedPosts} inner join ${posts} on ${eq(posts.id, mutedPosts.postId)}
        where ${mutedPosts.userId} = ${me.id}
      )`
    : undefined
