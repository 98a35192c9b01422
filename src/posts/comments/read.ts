import { and, type Column, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import { mayModerate, type Role } from '../../../shapes/users'
import { notBlocked, type ViewerRef } from '../../blocks/between'
import { isAnyOf } from '../../db/columns'
import type { Reader } from '../../db/open'
import { beforePlaceholder, type Page, placeholdersOf, toPage, type Wanted } from '../../db/page'
import { preparedForViewer } from '../../db/prepared'
import { Problem } from '../../problem'
import { isStaff, type Seen, seenBy } from '../../users/person'
import { users } from '../../users/table'
import { isPostOpen } from '../feed'
import { posts } from '../table'
import { type Comment, comments } from './table'

export type CommentRow = { comment: Comment; author: Seen; postAuthorId: number; isShown: boolean; mayDelete: boolean }
/** The viewer, or null when signed out. A viewer without a role is a member. */
export type CommentViewer = { id: number; role?: Role } | null

const writtenBy = eq(users.id, comments.authorId)

/**
 * An SQL condition: the comment is neither deleted nor held, its author is neither deleted nor suspended, and no block stands
 * between the author and the viewer.
 */
export const isShown = (
  viewer: ViewerRef,
  comment: Record<'deletedAt' | 'authorId' | 'heldAt', Column> = comments,
  author: Record<'deletedAt' | 'suspendedAt', Column> = users,
) =>
  and(
    isNull(comment.deletedAt),
    viewer ? or(isNull(comment.heldAt), eq(comment.authorId, viewer.id), isStaff(viewer)) : isNull(comment.heldAt),
    isNull(author.deletedAt),
    isNull(author.suspendedAt),
    notBlocked(viewer, comment.authorId),
  )

/** Builds a query for comments as the viewer sees them, in no particular order. */
export const selectComments = (db: Reader, viewer: ViewerRef, which: SQL | undefined) =>
  db
    .select({
      comment: comments,
      author: seenBy(viewer),
      postAuthorId: posts.authorId,
      authorRole: users.role,
      isShown: sql`(${isShown(viewer)})`.mapWith(Boolean).as('is_shown'),
    })
    .from(comments)
    .innerJoin(users, writtenBy)
    .innerJoin(posts, eq(posts.id, comments.postId))
    .where(which)

/** Builds a query for comments as the viewer sees them, newest first. The placeholder `most` is the limit. */
export const newestComments = (db: Reader, viewer: ViewerRef, which: SQL | undefined) =>
  selectComments(db, viewer, which)
    .orderBy(desc(comments.createdAt), desc(comments.id))
    .limit(sql.placeholder('most'))
    .prepare()

type Selected = Omit<CommentRow, 'mayDelete'> & { authorRole: Role }

/** A comment can be deleted by its author, by the author of the post and by the staff who may moderate its author. */
export function markDeletable(viewer: CommentViewer, rows: Selected[]): CommentRow[] {
  const { id, role = 'member' } = viewer ?? { id: 0 }
  return rows.map(({ authorRole, ...row }) => ({
    ...row,
    mayDelete: [row.author.id, row.postAuthorId].includes(id) || mayModerate(role, authorRole),
  }))
}

/** The place of a comment in lists that have the newest first. */
export const placeOf = ({ comment }: Pick<CommentRow, 'comment'>) => ({ at: comment.createdAt, id: comment.id })

/** Looks up a comment that the viewer may see, on a post that they may see. */
export async function lookUpComment(db: Reader, viewer: CommentViewer, id: number): Promise<CommentRow | undefined> {
  const [row] = markDeletable(viewer, await byId(db, viewer).execute({ viewerId: viewer?.id, id }))
  return row && (await isPostOpen(db, viewer, row.comment.postId)) ? row : undefined
}

const byId = preparedForViewer((db: Reader, viewer) =>
  selectComments(db, viewer, and(eq(comments.id, sql.placeholder('id')), isShown(viewer))).prepare(),
)

/** Finds a comment that the viewer may see. Throws `not_found` otherwise, also where they may not see its post. */
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
  if (!ids.length) return new Map()
  const rows = await byIds(db, viewer).execute({ viewerId: viewer?.id, ids: JSON.stringify(ids) })
  return new Map(markDeletable(viewer, rows).map((row) => [row.comment.id, row]))
}

const byIds = preparedForViewer((db: Reader, viewer) =>
  selectComments(db, viewer, and(isAnyOf(comments.id, 'ids'), isShown(viewer))).prepare(),
)

type Wanting = Wanted & { parentId?: number | undefined }

/** Lists the comments under a post that the viewer may see, or only the answers to one of them, newest first. */
export async function listComments(
  db: Reader,
  viewer: CommentViewer,
  postId: number,
  { parentId, ...wanted }: Wanting,
): Promise<Page<CommentRow>> {
  const values = { viewerId: viewer?.id, postId, ...placeholdersOf(wanted) }
  const rows =
    parentId === undefined
      ? await underPost(db, viewer).execute(values)
      : await answersTo(db, viewer).execute({ ...values, parentId })
  return toPage(markDeletable(viewer, rows), wanted, placeOf)
}

const ofPost = (db: Reader, viewer: ViewerRef, which?: SQL) => {
  const page = and(isShown(viewer), beforePlaceholder(comments.createdAt, comments.id))
  return newestComments(db, viewer, and(eq(comments.postId, sql.placeholder('postId')), which, page))
}
const underPost = preparedForViewer((db: Reader, viewer) => ofPost(db, viewer))
const answersTo = preparedForViewer((db: Reader, viewer) =>
  ofPost(db, viewer, eq(comments.parentId, sql.placeholder('parentId'))),
)
