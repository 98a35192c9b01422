import { and, type Column, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Role } from '../../../shapes/users'
import { notBlocked } from '../../blocks/between'
import type { Reader } from '../../db/open'
import { before, type Page, toPage, type Wanted } from '../../db/page'
import { Problem } from '../../problem'
import { type Seen, seenBy } from '../../users/person'
import { users } from '../../users/table'
import { isOpen } from '../feed'
import { posts } from '../table'
import { type Comment, comments } from './table'

export type CommentRow = { comment: Comment; author: Seen; isShown: boolean; mayDelete: boolean }
/** The viewer, or null when signed out. A viewer without a role is a member. */
export type CommentViewer = { id: number; role?: Role } | null

const writtenBy = eq(users.id, comments.authorId)

/**
 * An SQL condition: the comment is not deleted, its author is neither deleted nor suspended, and no block stands
 * between the author and the viewer.
 */
export const isShown = (
  viewer: CommentViewer,
  comment: Record<'deletedAt' | 'authorId', Column> = comments,
  author: Record<'deletedAt' | 'suspendedAt', Column> = users,
) =>
  and(
    isNull(comment.deletedAt),
    isNull(author.deletedAt),
    isNull(author.suspendedAt),
    notBlocked(viewer, comment.authorId),
  )

/** Selects comments, newest first. `mayDelete` is true for the comment's author, the post's author and the staff. */
export async function selectComments(
  db: Reader,
  viewer: CommentViewer,
  which: SQL | undefined,
  limit: number,
): Promise<CommentRow[]> {
  const rows = await db
    .select({
      comment: comments,
      author: seenBy(viewer),
      postAuthorId: posts.authorId,
      isShown: sql`(${isShown(viewer)})`.mapWith(Boolean).as('is_shown'),
    })
    .from(comments)
    .innerJoin(users, writtenBy)
    .innerJoin(posts, eq(posts.id, comments.postId))
    .where(which)
    .orderBy(desc(comments.createdAt), desc(comments.id))
    .limit(limit)
  const mayDelete = (ids: number[]) => !!viewer && ((viewer.role ?? 'member') !== 'member' || ids.includes(viewer.id))
  return rows.map(({ postAuthorId, ...row }) => ({ ...row, mayDelete: mayDelete([row.author.id, postAuthorId]) }))
}

export const placeOf = ({ comment }: Pick<CommentRow, 'comment'>) => ({ at: comment.createdAt, id: comment.id })

export async function lookUpComment(db: Reader, viewer: CommentViewer, id: number): Promise<CommentRow | undefined> {
  const [row] = await selectComments(db, viewer, and(eq(comments.id, id), isShown(viewer)), 1)
  return row && (await isOpen(db, viewer, row.comment.postId)) ? row : undefined
}

export async function findComment(db: Reader, viewer: CommentViewer, id: number): Promise<CommentRow> {
  const row = await lookUpComment(db, viewer, id)
  if (!row) throw new Problem('not_found', 'This comment does not exist, or you cannot see it.')
  return row
}

/**
 * Finds those of the comments that the viewer may see, by id. The caller has checked that the viewer may see their
 * posts.
 */
export async function findComments(db: Reader, viewer: CommentViewer, ids: number[]): Promise<Map<number, CommentRow>> {
  const rows = ids.length
    ? await selectComments(db, viewer, and(inArray(comments.id, ids), isShown(viewer)), ids.length)
    : []
  return new Map(rows.map((row) => [row.comment.id, row]))
}

type Wanting = Wanted & { parentId?: number | undefined }

/** Lists the comments under a post that the viewer may see, or only the answers to one of them, newest first. */
export async function listComments(
  db: Reader,
  viewer: CommentViewer,
  postId: number,
  { parentId, ...wanted }: Wanting,
): Promise<Page<CommentRow>> {
  const under = and(eq(comments.postId, postId), parentId === undefined ? undefined : eq(comments.parentId, parentId))
  const which = and(under, isShown(viewer), before(wanted.cursor, comments.createdAt, comments.id))
  return toPage(await selectComments(db, viewer, which, wanted.limit + 1), wanted, placeOf)
}
