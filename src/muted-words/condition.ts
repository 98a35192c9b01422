import { type Column, or, type Placeholder, type SQL, sql } from 'drizzle-orm'
import { captionHolds } from '../db/full-text'
import { tagged, tags } from '../posts/tags/table'
import { mutedWords } from './table'

type Post = { id: Column; authorId: Column }

/**
 * An SQL condition for posts that come unasked: neither their words nor their tags are muted by the viewer. A person's
 * own posts are shown to them whatever they say.
 */
export const withoutMutedWords = (me: { id: number | Placeholder | Column } | null, post: Post): SQL | undefined =>
  me
    ? or(
        sql`not exists (select 1 from ${mutedWords} where ${mutedWords.userId} = ${me.id})`,
        sql`${post.authorId} = ${me.id}`,
        sql`not exists (
          select 1 from ${mutedWords} where ${mutedWords.userId} = ${me.id} and (
            exists (
              select 1 from ${tags} inner join ${tagged} on ${tagged.tagId} = ${tags.id}
              where ${tags.tag} = ${mutedWords.tag} and ${tagged.postId} = ${post.id}
            ) or ${captionHolds(post.id, mutedWords)}
          )
        )`,
      )
    : undefined
