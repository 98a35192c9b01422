import {
  and,
  type Column,
  desc,
  eq,
  inArray,
  isNotNull,
  isNull,
  or,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm'
import { notBlocked } from '../blocks/between'
import type { Reader } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { preparedForViewer } from '../db/prepared'
import { filesOfPosts } from '../files/model'
import type { FileRow } from '../files/table'
import { follows } from '../follows/table'
import { type Purchase, purchases } from '../library/table'
import { notMuted } from '../mutes/muted'
import type { Person } from '../ports/people'
import { Problem } from '../problem'
import { presentTo, type Seen, seenBy } from '../users/person'
import { users } from '../users/table'
import { bookmarks } from './bookmarks/table'
import { countsFor } from './counts'
import { likes } from './likes/table'
import { type Post, posts } from './table'

/** What a list of posts selects from `posts` joined with its author. */
export const postFor = (viewer: Viewing | null) => ({
  post: posts,
  author: seenBy(viewer),
  bought: boughtBy(viewer).mapWith(Boolean).as('bought'),
  liked: markedBy(viewer, likes).mapWith(Boolean).as('liked'),
  bookmarked: markedBy(viewer, bookmarks).mapWith(Boolean).as('bookmarked'),
  ...countsFor(viewer),
  /** Its author: then nothing of it is for anyone. */
  suspended: sql<boolean>`${users.suspendedAt} is not null`.mapWith(Boolean).as('suspended'),
})

export type PostRow = {
  post: Post
  author: Seen
  bought: boolean
  liked: boolean
  bookmarked: boolean
  /** As many as the viewer may see. */
  likes: number
  comments: number
  suspended: boolean
  files: FileRow[]
  read?: boolean
  purchase?: Purchase
}

/** Whose posts they are; every list of posts is joined with it. */
export const authorOf = eq(users.id, posts.authorId)

/** Whoever looks: one of them, or all of a column; in a prepared query not known yet. */
type Viewing = { id: number | Placeholder | Column }

/** The viewer follows the author now. */
export const followedBy = (viewer: Viewing) =>
  sql`exists (select 1 from ${follows} where ${follows.followeeId} = ${posts.authorId} and ${follows.followerId} = ${viewer.id})`

/** The viewer paid for it, and nobody has taken it back. */
const boughtBy = (viewer: Viewing | null): SQL<boolean> =>
  viewer
    ? sql<boolean>`(${posts.removedAt} is null and exists (select 1 from ${purchases} where ${purchases.postId} = ${posts.id} and ${purchases.buyerId} = ${viewer.id} and ${purchases.endedAt} is null))`
    : sql<boolean>`0`

/** The viewer put their mark on it. */
const markedBy = (viewer: Viewing | null, marks: typeof likes | typeof bookmarks): SQL<boolean> =>
  viewer
    ? sql<boolean>`exists (select 1 from ${marks} where ${marks.postId} = ${posts.id} and ${marks.userId} = ${viewer.id})`
    : sql<boolean>`0`

/** Which posts this viewer may know of. Every read goes through it, so a forbidden post is simply not found. */
export function visibleTo(viewer: Viewing | null) {
  const there = and(isNull(posts.deletedAt), presentTo(viewer), notBlocked(viewer, posts.authorId))
  const published = isNotNull(posts.publishedAt)
  const open = eq(posts.visibility, 'everyone')
  if (!viewer) return and(there, published, open)
  return and(there, or(eq(posts.authorId, viewer.id), and(published, or(open, followedBy(viewer), boughtBy(viewer)))))
}

/** What comes to somebody by itself: not of those whom they mute, nor of the suspended, whom the staff see only where they look for them. */
export const offeredTo = (viewer: Viewing | null) =>
  and(visibleTo(viewer), notMuted(viewer, posts.authorId), isNull(users.suspendedAt))

/** Undefined when it does not exist, or is not for this viewer. What somebody bought they find even when its author deleted it. */
export async function lookUpPost(db: Reader, viewer: Person | null, id: number): Promise<PostRow | undefined> {
  const rows = await byId(db, viewer).execute({ viewerId: viewer?.id, id })
  return (await withFiles(db, rows))[0]
}

const byId = preparedForViewer((db: Reader, viewer) =>
  db
    .select(postFor(viewer))
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(eq(posts.id, sql.placeholder('id')), or(visibleTo(viewer), boughtBy(viewer))))
    .limit(1)
    .prepare(),
)

/** Those of them that the viewer may see, by id. */
export async function findPosts(db: Reader, viewer: Person, ids: number[]): Promise<Map<number, PostRow>> {
  if (!ids.length) return new Map()
  const rows = await db
    .select(postFor(viewer))
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(inArray(posts.id, ids), visibleTo(viewer)))
  return new Map((await withFiles(db, rows)).map((row) => [row.post.id, row]))
}

export async function findPost(db: Reader, viewer: Person | null, id: number): Promise<PostRow> {
  const row = await lookUpPost(db, viewer, id)
  if (!row) throw new Problem('not_found', 'This post does not exist, or you cannot see it.')
  return row
}

/** For what people do with a post, besides looking: while it is there, also for those who bought it. */
export async function findOpenPost(db: Reader, viewer: Viewing | null, id: number): Promise<Post> {
  const post = await lookUpOpen(db, viewer, id)
  if (!post) throw new Problem('not_found', 'This post does not exist, or you cannot see it.')
  return post
}

export const isOpen = async (db: Reader, viewer: Viewing | null, id: number): Promise<boolean> =>
  !!(await lookUpOpen(db, viewer, id))

async function lookUpOpen(db: Reader, viewer: Viewing | null, id: number): Promise<Post | undefined> {
  const which = and(eq(posts.id, id), visibleTo(viewer))
  return (await db.select({ post: posts }).from(posts).innerJoin(users, authorOf).where(which).limit(1))[0]?.post
}

export async function withFiles<T extends { post: { id: number } }>(
  db: Reader,
  rows: T[],
): Promise<(T & { files: FileRow[] })[]> {
  const files = await filesOfPosts(
    db,
    rows.map(({ post }) => post.id),
  )
  return rows.map((row) => ({ ...row, files: files.get(row.post.id) ?? [] }))
}

const published = (db: Reader, viewer: Viewing | null, which: SQL | undefined) =>
  db
    .select(postFor(viewer))
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(isNotNull(posts.publishedAt), which, beforePlaceholder(posts.publishedAt, posts.id)))
    .orderBy(desc(posts.publishedAt), desc(posts.id))
    .limit(sql.placeholder('most'))
    .prepare()
const ofAll = preparedForViewer((db: Reader, viewer) => published(db, viewer, offeredTo(viewer)))
const ofOne = preparedForViewer((db: Reader, viewer) =>
  published(db, viewer, and(visibleTo(viewer), eq(posts.authorId, sql.placeholder('authorId')))),
)

/** The main page: what is published, newest first. */
export async function listPosts(db: Reader, viewer: Person | null, wanted: Wanted) {
  return toPosts(db, await ofAll(db, viewer).execute({ viewerId: viewer?.id, ...placeholdersOf(wanted) }), wanted)
}

/** The same of one author. */
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

/** Mine that are not out yet: something is processed still, or failed. */
export async function listUnpublished(db: Reader, me: Person): Promise<PostRow[]> {
  const rows = await db
    .select(postFor(me))
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(eq(posts.authorId, me.id), isNull(posts.publishedAt), isNull(posts.deletedAt)))
    .orderBy(desc(posts.id))
    .limit(20)
  return withFiles(db, rows)
}

export async function hasFollowersOnly(db: Reader, author: Pick<Person, 'id'>): Promise<boolean> {
  const rows = await db
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.authorId, author.id), eq(posts.visibility, 'followers'), isNull(posts.deletedAt)))
    .limit(1)
  return rows.length > 0
}

/** Of everybody, published and not deleted. */
export const countPosts = (db: Reader): Promise<number> =>
  db.$count(posts, and(isNotNull(posts.publishedAt), isNull(posts.deletedAt)))
