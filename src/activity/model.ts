import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import type { Person } from '../ports/people'
import { type CommentRow, findComments } from '../posts/comments/read'
import { comments } from '../posts/comments/table'
import { authorOf, findPosts, type PostRow, postFor, visibleTo, withFiles } from '../posts/feed'
import { likes } from '../posts/likes/table'
import { posts } from '../posts/table'
import { users } from '../users/table'

type Me = Pick<Person, 'id'>
const me = { id: sql.placeholder('id') }

/** Lists the posts that I like and may still see, the one liked last first. */
export async function listLiked(db: Reader, { id }: Me, wanted: Wanted) {
  const rows = await liked(db).execute({ id, ...placeholdersOf(wanted) })
  const page = toPage(rows, wanted, ({ at, post }) => ({ at, id: post.id }))
  return { ...page, items: await withFiles(db, page.items) }
}

const liked = prepared((db: Reader) =>
  db
    .select({ ...postFor(me), at: likes.at })
    .from(likes)
    .innerJoin(posts, eq(posts.id, likes.postId))
    .innerJoin(users, authorOf)
    .where(and(eq(likes.userId, me.id), visibleTo(me), beforePlaceholder(likes.at, likes.postId)))
    .orderBy(desc(likes.at), desc(likes.postId))
    .limit(sql.placeholder('most'))
    .prepare(),
)

export type Said = { comment: CommentRow; post: PostRow }

/** Lists my comments on posts that I may still see, newest first, each with its post. */
export async function listSaid(db: Reader, person: Person, wanted: Wanted) {
  const page = toPage(await said(db).execute({ id: person.id, ...placeholdersOf(wanted) }), wanted, (row) => row)
  const [byId, seen] = [
    await findComments(
      db,
      person,
      page.items.map(({ id }) => id),
    ),
    await findPosts(
      db,
      person,
      page.items.map(({ postId }) => postId),
    ),
  ]
  const items = page.items.flatMap(({ id, postId }): Said[] => {
    const [comment, post] = [byId.get(id), seen.get(postId)]
    return comment && post ? [{ comment, post }] : []
  })
  return { ...page, items }
}

const said = prepared((db: Reader) =>
  db
    .select({ id: comments.id, at: comments.createdAt, postId: comments.postId })
    .from(comments)
    .innerJoin(posts, eq(posts.id, comments.postId))
    .innerJoin(users, authorOf)
    .where(
      and(
        eq(comments.authorId, me.id),
        isNull(comments.deletedAt),
        visibleTo(me),
        beforePlaceholder(comments.createdAt, comments.id),
      ),
    )
    .orderBy(desc(comments.createdAt), desc(comments.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)
