import { and, count, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { before, toPage, type Wanted } from '../db/page'
import type { Account, Person } from '../ports/people'
import { type CommentRow, lookUpComment } from '../posts/comments/read'
import { comments } from '../posts/comments/table'
import { findPosts, type PostRow } from '../posts/feed'
import { posts } from '../posts/table'
import { findPeople } from '../users/model'
import type { Seen } from '../users/person'
import { users } from '../users/table'
import { type Report, reports } from './table'

/**
 * A report with its content. `post` and `comment` are null when they are gone or the moderator may not see them; `user`
 * is the person it is about.
 */
export type ReportRow = {
  report: Report
  user: Seen | null
  reporter: Seen | null
  settler: Seen | null
  post: PostRow | null
  comment: CommentRow | null
}

/** The id of the reported person, or of the author of the reported post or comment. */
const whose = sql<number>`coalesce(${reports.userId}, ${posts.authorId}, ${comments.authorId})`

type Judge = Person & Pick<Account, 'role'>

/** An SQL condition: the report is not about a member of the staff, unless an administrator reads it. */
const mayJudge = (me: Pick<Judge, 'role'>) =>
  me.role === 'admin' ? undefined : sql`coalesce(${users.role}, 'member') = 'member'`

/** Lists the open or settled reports that the viewer may judge, newest first. */
export async function listReports(db: Reader, me: Judge, open: boolean, wanted: Wanted) {
  const rows = await db
    .select({ report: reports, userId: whose })
    .from(reports)
    .leftJoin(posts, eq(posts.id, reports.postId))
    .leftJoin(comments, eq(comments.id, reports.commentId))
    .leftJoin(users, eq(users.id, whose))
    .where(
      and(
        mayJudge(me),
        open ? isNull(reports.settledAt) : isNotNull(reports.settledAt),
        before(wanted.cursor, reports.createdAt, reports.id),
      ),
    )
    .orderBy(desc(reports.createdAt), desc(reports.id))
    .limit(wanted.limit + 1)
  const page = toPage(rows, wanted, ({ report: { createdAt, id } }) => ({ at: createdAt, id }))
  return { ...page, items: await fill(db, me, page.items) }
}

/** Finds a report that the viewer may judge, and the id of the person it is about. */
export async function lookUpReport(
  db: Reader,
  me: Judge,
  id: number,
): Promise<{ report: Report; userId: number } | undefined> {
  const [row] = await db
    .select({ report: reports, userId: whose })
    .from(reports)
    .leftJoin(posts, eq(posts.id, reports.postId))
    .leftJoin(comments, eq(comments.id, reports.commentId))
    .leftJoin(users, eq(users.id, whose))
    .where(and(eq(reports.id, id), mayJudge(me)))
    .limit(1)
  return row
}

/** Adds the people, post and comment to each report, as far as the moderator may see them. */
export async function fill(db: Reader, me: Judge, rows: { report: Report; userId: number }[]): Promise<ReportRow[]> {
  const ids = rows.flatMap(({ report, userId }) => [
    userId,
    report.reporterId,
    ...(report.settledBy ? [report.settledBy] : []),
  ])
  const people = await findPeople(db, me, [...new Set(ids)])
  const shown = await findPosts(
    db,
    me,
    rows.flatMap(({ report }) => report.postId ?? []),
  )
  const said = new Map<number, CommentRow>()
  for (const { report } of rows) {
    const comment = report.commentId && (await lookUpComment(db, me, report.commentId))
    if (comment) said.set(comment.comment.id, comment)
  }
  return rows.map(({ report, userId }) => ({
    report,
    user: people.get(userId) ?? null,
    reporter: people.get(report.reporterId) ?? null,
    settler: people.get(report.settledBy ?? 0) ?? null,
    post: shown.get(report.postId ?? 0) ?? null,
    comment: said.get(report.commentId ?? 0) ?? null,
  }))
}

/** Counts the open reports that the viewer may judge. */
export async function countOpen(db: Reader, me: Pick<Judge, 'role'>): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(reports)
    .leftJoin(posts, eq(posts.id, reports.postId))
    .leftJoin(comments, eq(comments.id, reports.commentId))
    .leftJoin(users, eq(users.id, whose))
    .where(and(isNull(reports.settledAt), mayJudge(me)))
  return row!.n
}
