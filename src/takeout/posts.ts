import { and, asc, desc, eq, gt, isNull, lt } from 'drizzle-orm'
import { listLiked } from '../activity/model'
import { listCollected, listCollections } from '../collections/model'
import type { Reader } from '../db/open'
import { filesOfPosts } from '../files/model'
import { listLibrary } from '../library/model'
import { storedFile } from '../media/renditions'
import { listMutedPosts } from '../muted-posts/model'
import type { Account, Person } from '../ports/people'
import { listBookmarks } from '../posts/bookmarks/model'
import { comments } from '../posts/comments/table'
import type { PostRow } from '../posts/feed'
import { posts } from '../posts/table'
import { all } from './lists'

/** Finds where a file is in the zip. Null when it is not there. */
export type PathOf = (fileId: number) => string | null

type Me = Pick<Person, 'id'>
const CHUNK = 100

/** Lists all posts of the person that are not deleted, newest first, also those that are not published yet. */
export async function* ownPosts(db: Reader, me: Me, pathOf: PathOf) {
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const rows = await db
      .select()
      .from(posts)
      .where(and(eq(posts.authorId, me.id), isNull(posts.deletedAt), lt(posts.id, before)))
      .orderBy(desc(posts.id))
      .limit(CHUNK)
    const files = await filesOfPosts(
      db,
      rows.map(({ id }) => id),
    )
    for (const { authorId, deletedAt, removedAt, merged, ...post } of rows) {
      const shown = (files.get(post.id) ?? []).map(({ id, kind, altText }) => ({ id, path: pathOf(id), kind, altText }))
      yield { ...post, files: shown }
    }
    if (rows.length < CHUNK) return
    before = rows.at(-1)!.id
  }
}

/** Lists all comments of the person, oldest first, also those on posts that they can no longer see. */
export async function* ownComments(db: Reader, me: Me) {
  for (let after = 0; ; ) {
    const rows = await db
      .select({
        id: comments.id,
        postId: comments.postId,
        parentId: comments.parentId,
        text: comments.text,
        createdAt: comments.createdAt,
        editedAt: comments.editedAt,
      })
      .from(comments)
      .where(and(eq(comments.authorId, me.id), isNull(comments.deletedAt), gt(comments.id, after)))
      .orderBy(asc(comments.id))
      .limit(CHUNK)
    yield* rows
    if (rows.length < CHUNK) return
    after = rows.at(-1)!.id
  }
}

/** Names a post of somebody else, whose content is theirs. */
const named = ({ post, author }: Pick<PostRow, 'post' | 'author'>) => ({
  postId: post.id,
  author: author.handle,
  caption: post.caption,
  publishedAt: post.publishedAt,
})

/** Lists the posts that the person likes and may still see. */
export async function* likedPosts(db: Reader, me: Me) {
  for await (const { at, ...row } of all((wanted) => listLiked(db, me, wanted))) yield { ...named(row), at }
}

/** Lists the posts that the person bookmarked and may still see. */
export async function* bookmarkedPosts(db: Reader, me: Person) {
  for await (const { markedAt: at, ...row } of all((wanted) => listBookmarks(db, me, wanted)))
    yield { ...named(row), at }
}

/** Lists the posts that do not interest the person and that they may still see. */
export async function* mutedPosts(db: Reader, me: Me) {
  for await (const { mutedAt: at, ...row } of all((wanted) => listMutedPosts(db, me, wanted)))
    yield { ...named(row), at }
}

/** Lists the collections of the person, each with its posts. */
export async function* ownCollections(db: Reader, me: Person) {
  for await (const { id, name } of all((wanted) => listCollections(db, me, wanted))) {
    const found: ReturnType<typeof named>[] = []
    for await (const row of all((wanted) => listCollected(db, me, id, wanted))) found.push(named(row))
    yield { name, posts: found }
  }
}

/** Lists what the person bought or was given. `files` says in which form they may keep it. */
export async function* library(db: Reader, me: Account) {
  for await (const { purchase, files, ...row } of all((wanted) => listLibrary(db, me, wanted))) {
    const isShown = purchase.undoUntil === null // a purchase that can still be undone is not shown
    const kept = isShown ? files.filter(({ status }) => status === 'ready') : []
    yield {
      ...named(row),
      pricePaid: purchase.price,
      boughtAt: purchase.at,
      isGift: purchase.payerId !== null,
      files: kept.flatMap(({ id, kind, altText, renditions }) => {
        const name = kind === 'video' ? 'mp4' : 'full'
        const made = renditions[name]
        const path = boughtPath(row.author.handle, row.post.id, id, kind)
        return made ? [{ id, kind, altText, path, stored: storedFile(name, made), bytes: made.bytes }] : []
      }),
    }
  }
}

/** Bought posts are kept as their buyer sees them. The original belongs to the author. */
const boughtPath = (author: string, postId: number, fileId: number, kind: string) =>
  `bought/${author.replace(/^-/, 'deleted-')}-post-${postId}-${fileId}.${kind === 'video' ? 'mp4' : 'webp'}`
