import { and, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Reader } from '../db/open'
import { files } from '../files/table'
import { follows } from '../follows/table'
import { purchases } from '../library/table'
import { posts } from '../posts/table'
import { users } from '../users/table'

/** `original` is what was uploaded; the others are the classes of links. */
export type Class = 'original' | 'full' | 'preview'
export type Rules = Awaited<ReturnType<typeof readRules>>
type Who = { id: number | null }

/**
 * Who may have what, said a second time and on purpose not by the queries that the server asks: from the rows, one rule after the other.
 * Only for `people`; of all others nothing is read.
 */
export async function readRules(db: Reader, people: Who[], isPublic: boolean) {
  const ids = [...new Set(people.flatMap(({ id }) => (id === null ? [] : [id])))]
  const gone = new Set((await db.select({ id: users.id }).from(users).where(isNotNull(users.deletedAt))).map(({ id }) => id))
  const avatars = new Set(
    (await db.select({ id: users.avatarFileId }).from(users).where(isNull(users.deletedAt))).flatMap(({ id }) => id ?? []),
  )
  const postOf = new Map((await db.select().from(posts)).map((post) => [post.id, post]))
  const file = { id: files.id, ownerId: files.ownerId, postId: files.postId, deletedAt: files.deletedAt }
  const fileOf = new Map((await db.select(file).from(files)).map((row) => [row.id, row]))
  const pairs = (rows: { who: number; what: number }[]) => new Set(rows.map(({ who, what }) => `${who} ${what}`))
  const follow = { who: follows.followerId, what: follows.followeeId }
  const followed = pairs(await db.select(follow).from(follows).where(inArray(follows.followerId, ids)))
  const held = and(inArray(purchases.buyerId, ids), isNull(purchases.endedAt))
  const bought = pairs(await db.select({ who: purchases.buyerId, what: purchases.postId }).from(purchases).where(held))

  const mayLook = ({ id }: Who) => isPublic || id !== null
  const holds = ({ id }: Who, postId: number) => !postOf.get(postId)?.removedAt && bought.has(`${id} ${postId}`)

  function mayKnow(who: Who, postId: number): boolean {
    const post = postOf.get(postId)
    if (!post || !mayLook(who)) return false
    if (holds(who, postId)) return true
    if (post.deletedAt || gone.has(post.authorId)) return false
    if (post.authorId === who.id) return true
    if (!post.publishedAt) return false
    return post.visibility === 'everyone' || followed.has(`${who.id} ${post.authorId}`)
  }

  return {
    /** That there is such a post. */
    mayKnow,
    mayHave(who: Who, fileId: number, what: Class): boolean {
      const file = fileOf.get(fileId)
      if (!file || file.deletedAt || !mayLook(who)) return false
      if (file.ownerId === who.id) return true
      if (what === 'original') return false
      if (avatars.has(fileId)) return true
      if (!file.postId || !mayKnow(who, file.postId)) return false
      return what === 'preview' || postOf.get(file.postId)!.price === 0 || holds(who, file.postId)
    },
    ownerOf: (fileId: number) => fileOf.get(fileId)?.ownerId,
    postOf: (fileId: number) => fileOf.get(fileId)?.postId ?? null,
    priceOf: (postId: number) => postOf.get(postId)?.price ?? 0,
    hasRow: (fileId: number) => fileOf.has(fileId),
  }
}
