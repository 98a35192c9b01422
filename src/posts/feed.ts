import { and, type Column, desc, eq, isNotNull, isNull, or, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { Role } from '../../shapes/users'
import { notBlocked } from '../blocks/between'
import { type Id, isAnyOf, isFalse, isTrue } from '../db/columns'
import type { Reader } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared, preparedForViewer } from '../db/prepared'
import { filesOfPosts } from '../files/model'
import type { ShownFile } from '../files/table'
import { follows } from '../follows/table'
import { type Purchase, purchases } from '../library/table'
import { notMutedPost } from '../muted-posts/condition'
import { withoutMutedWords } from '../muted-words/condition'
import { notMuted } from '../mutes/muted'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { isAdult, isStaff, presentTo, type Seen, seenBy, welcomeTo } from '../users/person'
import { users } from '../users/table'
import { bookmarks } from './bookmarks/table'
import { countsFor } from './counts'
import { likes } from './likes/table'
import { type Post, posts } from './table'

/** The columns that lists of posts select from `posts` joined with the author. */
export const postFor = (viewer: Viewing | null) => ({
  post: posts,
  author: seenBy(viewer),
  bought: heldBy(viewer).mapWith(Boolean).as('bought'),
  liked: markedBy(viewer, likes).mapWith(Boolean).as('liked'),
  bookmarked: markedBy(viewer, bookmarks).mapWith(Boolean).as('bookmarked'),
  ...countsFor(viewer),
  authorRole: users.role,
  /** Whether the author is suspended; their files then have no public links. */
  suspended: sql<boolean>`${users.suspendedAt} is not null`.mapWith(Boolean).as('suspended'),
})

/** The columns of posts that match `offeredTo`, whose authors are neither blocked nor muted. */
export const offeredPostFor = (viewer: Viewing | null) => ({ ...postFor(viewer), author: welcomeTo(viewer) })

export type PostRow = {
  post: Post
  author: Seen
  bought: boolean
  liked: boolean
  bookmarked: boolean
  /** The counts without people that the viewer may not see. */
  likes: number
  comments: number
  authorRole: Role
  suspended: boolean
  files: ShownFile[]
  read?: boolean
  purchase?: Purchase
}

/** The condition that joins a post with its author, used by every list of posts. */
export const authorOf = eq(users.id, posts.authorId)

/** The viewer: a given id, a column of ids, or a placeholder of a prepared query. */
type Viewing = { id: number | Placeholder | Column; asMember?: boolean }
type WithId = Pick<Person, 'id'>

/** An SQL condition: the viewer follows the author. */
export const authorFollowedBy = (viewer: Viewing) =>
  sql`exists (
    select 1 from ${follows}
    where ${follows.followeeId} = ${posts.authorId} and ${follows.followerId} = ${viewer.id}
  )`

/**
 * An SQL condition: the post is not for adults only, or the viewer is one. Authors see their own posts, and staff who
 * look for a post see it, since they have to judge it.
 */
export const forAgeOf = (viewer: Viewing | null) =>
  viewer
    ? or(isFalse(posts.adultsOnly), eq(posts.authorId, viewer.id), isAdult(viewer), isStaff(viewer))
    : isFalse(posts.adultsOnly)

/**
 * An SQL condition: the viewer bought the post, can no longer undo that, and the purchase was not refunded. Whether they
 * may see it at their age is asked besides (`forAgeOf`), in every query.
 */
const heldBy = (viewer: Viewing | null): SQL<boolean> =>
  viewer
    ? sql<boolean>`(
        ${posts.removedAt} is null and exists (
          select 1 from ${purchases}
          where ${purchases.postId} = ${posts.id} and ${purchases.buyerId} = ${viewer.id}
            and ${purchases.endedAt} is null and ${purchases.undoUntil} is null
        )
      )`
    : sql<boolean>`false`

/** An SQL condition: the viewer may read the post, which they see or hold, although its author may have deleted it. */
const readableBy = (viewer: Viewing | null) => or(visibleTo(viewer), and(heldBy(viewer), forAgeOf(viewer)))

/**
 * The caption of a post in a list of something else, such as payments. It is empty when the viewer may not read the post
 * any more. Authors read their own, also of deleted posts. `users` is the author of the post.
 */
export const captionFor = (viewer: Viewing) =>
  sql<string>`case when ${or(eq(posts.authorId, viewer.id), readableBy(viewer))} then ${posts.caption} else '' end`.as(
    'caption_shown',
  )

/** An SQL condition: the viewer liked or bookmarked the post. */
const markedBy = (viewer: Viewing | null, marks: typeof likes | typeof bookmarks): SQL<boolean> =>
  viewer
    ? sql<boolean>`exists (
        select 1 from ${marks} where ${marks.postId} = ${posts.id} and ${marks.userId} = ${viewer.id}
      )`
    : sql<boolean>`false`

/**
 * An SQL condition for the posts that a viewer may see. Every query uses it, so a forbidden post is simply not found.
 * `users` is the author of the post, whose account may be private.
 */
export const visibleTo = (viewer: Viewing | null) => and(visibleAtAnyAge(viewer), forAgeOf(viewer))

/** An SQL condition for the posts that a viewer may see, or might if they confirmed their age. */
export function visibleAtAnyAge(viewer: Viewing | null) {
  const there = and(isNull(posts.deletedAt), presentTo(viewer), notBlocked(viewer, posts.authorId))
  const shown = and(isNotNull(posts.publishedAt), isNull(posts.heldAt))
  const published = viewer ? or(shown, and(isNotNull(posts.heldAt), isStaff(viewer))) : shown
  const open = and(eq(posts.visibility, 'everyone'), isFalse(users.private))
  if (!viewer) return and(there, published, open)
  return and(
    there,
    or(eq(posts.authorId, viewer.id), and(published, or(open, authorFollowedBy(viewer), heldBy(viewer)))),
  )
}

/**
 * An SQL condition for posts that are shown unasked. It excludes the people, posts and words that the viewer mutes, and
 * held posts. The staff are shown what members are: posts of suspended authors, held posts, and posts for adults whose
 * viewer has not confirmed their age, they see only when they look for them.
 */
export const offeredTo = (viewer: Viewing | null) =>
  and(
    visibleTo(viewer && { ...viewer, asMember: true }),
    isNull(posts.heldAt),
    notMuted(viewer, posts.authorId),
    notMutedPost(viewer, posts.id),
    withoutMutedWords(viewer, posts),
  )

/**
 * Finds a post, or returns undefined when it does not exist or the viewer may not see it. Buyers also find a post that
 * its author deleted.
 */
export async function lookUpPost(db: Reader, viewer: Person | null, id: number): Promise<PostRow | undefined> {
  const rows = await byId(db, viewer).execute({ viewerId: viewer?.id, id })
  return (await withFiles(db, rows))[0]
}

const byId = preparedForViewer((db: Reader, viewer) =>
  db
    .select(postFor(viewer))
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(eq(posts.id, sql.placeholder('id')), readableBy(viewer)))
    .limit(1)
    .prepare(),
)

/** Finds those of the posts that the viewer may see, by id. */
export async function findPosts(db: Reader, viewer: Person, ids: number[]): Promise<Map<number, PostRow>> {
  if (!ids.length) return new Map()
  const rows = await byIds(db, viewer).execute({ viewerId: viewer.id, ids: JSON.stringify(ids) })
  return new Map((await withFiles(db, rows)).map((row) => [row.post.id, row]))
}

const byIds = preparedForViewer((db: Reader, viewer) =>
  db
    .select(postFor(viewer))
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(isAnyOf(posts.id, 'ids'), visibleTo(viewer)))
    .prepare(),
)

/** Finds a post that the viewer may see, also a deleted one that they bought. Throws `not_found` otherwise. */
export async function findPost(db: Reader, viewer: Person | null, id: number): Promise<PostRow> {
  const row = await lookUpPost(db, viewer, id)
  if (!row) throw new Problem('not_found', 'This post does not exist, or you cannot see it.')
  return row
}

/**
 * Finds a post to act on (to like, bookmark or comment). Unlike `findPost`, it does not find deleted posts, not even
 * for buyers.
 */
export async function findOpenPost(db: Reader, viewer: WithId | null, id: Id<'post'>): Promise<Post> {
  const post = await lookUpOpen(db, viewer, id)
  if (!post) throw new Problem('not_found', 'This post does not exist, or you cannot see it.')
  return post
}

/** Whether the viewer may see and act on the post. */
export const isPostOpen = async (db: Reader, viewer: WithId | null, id: Id<'post'>): Promise<boolean> =>
  !!(await lookUpOpen(db, viewer, id))

async function lookUpOpen(db: Reader, viewer: WithId | null, id: Id<'post'>): Promise<Post | undefined> {
  const [row] = await openById(db, viewer).execute({ viewerId: viewer?.id, id })
  return row?.post
}

const openById = preparedForViewer((db: Reader, viewer) =>
  db
    .select({ post: posts })
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(eq(posts.id, sql.placeholder('id')), visibleTo(viewer)))
    .limit(1)
    .prepare(),
)

/** Adds to each post its files, in their order, by one query. */
export async function withFiles<T extends { post: { id: number } }>(
  db: Reader,
  rows: T[],
): Promise<(T & { files: ShownFile[] })[]> {
  const files = await filesOfPosts(
    db,
    rows.map(({ post }) => post.id),
  )
  return rows.map((row) => ({ ...row, files: files.get(row.post.id) ?? [] }))
}

type Columns = ReturnType<typeof postFor>

const published = (db: Reader, columns: Columns, which: SQL | undefined) =>
  db
    .select(columns)
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(isNotNull(posts.publishedAt), which, beforePlaceholder(posts.publishedAt, posts.id)))
    .orderBy(desc(posts.publishedAt), desc(posts.id))
    .limit(sql.placeholder('most'))
    .prepare()
const ofAll = preparedForViewer((db: Reader, viewer) => published(db, offeredPostFor(viewer), offeredTo(viewer)))
const ofOne = preparedForViewer((db: Reader, viewer) =>
  published(db, postFor(viewer), and(visibleTo(viewer), eq(posts.authorId, sql.placeholder('authorId')))),
)

/** Lists the posts of the main page, newest first. */
export async function listPosts(db: Reader, viewer: Person | null, wanted: Wanted) {
  return toPosts(db, await ofAll(db, viewer).execute({ viewerId: viewer?.id, ...placeholdersOf(wanted) }), wanted)
}

/** Lists the posts of one author, newest first. */
export async function listPostsOf(db: Reader, viewer: Person | null, author: Person, wanted: Wanted) {
  return toPosts(
    db,
    await ofOne(db, viewer).execute({ viewerId: viewer?.id, authorId: author.id, ...placeholdersOf(wanted) }),
    wanted,
  )
}

async function toPosts(db: Reader, rows: Omit<PostRow, 'files'>[], wanted: Wanted) {
  const page = toPage(rows, wanted, ({ post }) => ({ at: post.publishedAt!, id: post.id }))
  return { ...page, items: await withFiles(db, page.items) }
}

/** Lists the viewer's posts that are not published yet, since a file is still being processed or has failed. */
export async function listUnpublished(db: Reader, me: Person): Promise<PostRow[]> {
  return withFiles(db, await unpublished(db).execute({ id: me.id }))
}

const unpublished = prepared((db: Reader) => {
  const me = { id: sql.placeholder('id') }
  return db
    .select(postFor(me))
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(eq(posts.authorId, me.id), isNull(posts.publishedAt), isNull(posts.deletedAt)))
    .orderBy(desc(posts.id))
    .limit(20)
    .prepare()
})

/** Whether the author has posts that only followers see. */
export async function hasFollowersOnly(db: Reader, author: Pick<Person, 'id'>): Promise<boolean> {
  const hidden = or(eq(posts.visibility, 'followers'), isTrue(users.private))
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(eq(posts.authorId, author.id), hidden, isNull(posts.deletedAt)))
    .limit(1)
  return rows.length > 0
}
