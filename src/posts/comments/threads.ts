import { and, desc, eq, exists, inArray, isNull, or, sql } from 'drizzle-orm'
import type { ViewerRef } from '../../blocks/between'
import { alias, listOf } from '../../db/columns'
import type { Reader } from '../../db/open'
import { beforePlaceholder, type Cursor, type Page, placeholdersOf, toPage, type Wanted } from '../../db/page'
import { preparedForViewer } from '../../db/prepared'
import { users } from '../../users/table'
import {
  type CommentRow,
  type CommentViewer,
  findComments,
  isShown,
  listComments,
  markDeletable,
  newestComments,
  placeOf,
  selectComments,
} from './read'
import { type Comment, comments } from './table'

/**
 * A comment with its newest answers, oldest first, and the cursor to earlier ones. `row` is null when the comment is
 * deleted or hidden, but still has answers.
 */
export type Thread = { id: number; row: CommentRow | null; answers: CommentRow[]; earlier: string | null }

/** Lists the threads under a post for its page, newest first. */
export async function listThreads(
  db: Reader,
  viewer: CommentViewer,
  postId: number,
  wanted: Wanted,
): Promise<Page<Thread>> {
  const rows = await roots(db, viewer).execute({ viewerId: viewer?.id, postId, ...placeholdersOf(wanted) })
  const page = toPage(markDeletable(viewer, rows), wanted, placeOf)
  const answers = await newestAnswers(
    db,
    viewer,
    page.items.map(({ comment }) => comment.id),
  )
  return {
    ...page,
    items: page.items.map((row) => ({ id: row.comment.id, row: row.isShown ? row : null, ...answers(row.comment.id) })),
  }
}

const roots = preparedForViewer((db: Reader, viewer) => {
  const which = and(
    eq(comments.postId, sql.placeholder('postId')),
    isNull(comments.parentId),
    or(isShown(viewer), isAnswered(db, viewer)),
    beforePlaceholder(comments.createdAt, comments.id),
  )
  return newestComments(db, viewer, which)
})

/** The number of answers shown when a link leads to one thread. */
const MOST_ANSWERS = 50

type Led = Pick<Comment, 'id' | 'parentId' | 'postId'> & { createdAt: string }

/**
 * Finds the thread of a comment, including the comment itself: with the newest answers, or the ones up to the comment
 * when it is older.
 */
export async function findThread(
  db: Reader,
  viewer: CommentViewer,
  { id, parentId, postId, createdAt }: Led,
): Promise<Thread> {
  const root = parentId ?? id
  const row = (await findComments(db, viewer, [root])).get(root)
  const answersBefore = (cursor: Cursor | null) =>
    listComments(db, viewer, postId, { limit: MOST_ANSWERS, cursor, parentId: root })
  const newest = await answersBefore(null)
  const isThere = root === id || newest.items.some(({ comment }) => comment.id === id)
  const { items, nextCursor } = isThere ? newest : await answersBefore({ at: new Date(createdAt), id: id + 1 })
  return { id: root, row: row ?? null, answers: items.reverse(), earlier: nextCursor }
}

const answer = alias(comments, 'answer')
const answerer = alias(users, 'answerer')

const isAnswered = (db: Reader, viewer: ViewerRef) =>
  exists(
    db
      .select({ id: answer.id })
      .from(answer)
      .innerJoin(answerer, eq(answerer.id, answer.authorId))
      .where(and(eq(answer.parentId, comments.id), isShown(viewer, answer, answerer))),
  )

/** The number of answers shown at first. One more is loaded to find out whether there are others. */
const ANSWERS = 3

const inThreads = listOf('threads')

/** Reads only the newest answers of each thread, however many it has. */
const newestIn = preparedForViewer((db: Reader, viewer) => {
  const newest = db
    .select({ id: answer.id })
    .from(answer)
    .innerJoin(answerer, eq(answerer.id, answer.authorId))
    .where(and(eq(answer.parentId, inThreads.value), isShown(viewer, answer, answerer)))
    .orderBy(desc(answer.createdAt), desc(answer.id))
    .limit(ANSWERS + 1)
  return selectComments(db, viewer, undefined).innerJoin(inThreads.list, inArray(comments.id, newest)).prepare()
})

const newestFirst = (a: Pick<CommentRow, 'comment'>, b: Pick<CommentRow, 'comment'>) =>
  +b.comment.createdAt - +a.comment.createdAt || b.comment.id - a.comment.id

async function newestAnswers(db: Reader, viewer: CommentViewer, threads: number[]) {
  const values = { viewerId: viewer?.id, threads: JSON.stringify(threads) }
  const rows = threads.length ? await newestIn(db, viewer).execute(values) : []
  const of = Map.groupBy(markDeletable(viewer, rows.sort(newestFirst)), ({ comment }) => comment.parentId)
  return (id: number): Pick<Thread, 'answers' | 'earlier'> => {
    const { items, nextCursor } = toPage(of.get(id) ?? [], { limit: ANSWERS, cursor: null }, placeOf)
    return { answers: items.reverse(), earlier: nextCursor }
  }
}
