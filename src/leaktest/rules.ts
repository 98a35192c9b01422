import { and, inArray, isNull, or } from 'drizzle-orm'
import { blocks } from '../blocks/table'
import type { Reader } from '../db/open'
import { files } from '../files/table'
import { follows } from '../follows/table'
import { purchases } from '../library/table'
import { posts } from '../posts/table'
import { users } from '../users/table'

/** `original` is the uploaded file, and `author` is for its owner alone. The others are the classes of media links. */
export type Class = 'original' | 'author' | 'full' | 'preview'
export type Rules = Awaited<ReturnType<typeof readRules>>
type Who = { id: number | null; look?: { postId: number } }

/**
 * Decides who may have what. It deliberately repeats the rules, row by row, instead of using the server's queries. Only
 * the rows of `people` are read.
 */
export async function readRules(db: Reader, people: Who[], isPublic: boolean) {
  const ids = [...new Set(people.flatMap(({ id }) => (id === null ? [] : [id])))]
  const account = {
    id: users.id,
    handle: users.handle,
    role: users.role,
    deletedAt: users.deletedAt,
    suspendedAt: users.suspendedAt,
    private: users.private,
    adultAt: users.adultAt,
  }
  const userOf = new Map((await db.select(account).from(users)).map((row) => [row.id, row]))
  const avatars = new Set(
    (
      await db
        .select({ id: users.avatarFileId })
        .from(users)
        .where(and(isNull(users.deletedAt), isNull(users.suspendedAt)))
    ).flatMap(({ id }) => id ?? []),
  )
  const postOf = new Map((await db.select().from(posts)).map((post) => [post.id, post]))
  const file = { id: files.id, ownerId: files.ownerId, postId: files.postId, deletedAt: files.deletedAt }
  const fileOf = new Map((await db.select(file).from(files)).map((row) => [row.id, row]))
  const pairs = (rows: { who: number; what: number }[]) => new Set(rows.map(({ who, what }) => `${who} ${what}`))
  const follow = { who: follows.followerId, what: follows.followeeId }
  const followed = pairs(await db.select(follow).from(follows).where(inArray(follows.followerId, ids)))
  const held = and(inArray(purchases.buyerId, ids), isNull(purchases.endedAt))
  const bought = pairs(await db.select({ who: purchases.buyerId, what: purchases.postId }).from(purchases).where(held))

  const block = { who: blocks.blockerId, what: blocks.blockedId }
  const blocked = pairs(
    await db
      .select(block)
      .from(blocks)
      .where(or(inArray(blocks.blockerId, ids), inArray(blocks.blockedId, ids))),
  )

  const areApart = ({ id }: Who, other: number) => blocked.has(`${id} ${other}`) || blocked.has(`${other} ${id}`)
  const isStaff = ({ id }: Who) => id !== null && userOf.get(id)?.role !== 'member'
  const isOldEnough = (who: Who, post: { adultsOnly: boolean; authorId: number }) =>
    !post.adultsOnly || post.authorId === who.id || isStaff(who) || (who.id !== null && !!userOf.get(who.id)?.adultAt)
  const mayLook = ({ id }: Who) => isPublic || id !== null
  const holds = ({ id }: Who, postId: number) => !postOf.get(postId)?.removedAt && bought.has(`${id} ${postId}`)

  function mayKnow(who: Who, postId: number): boolean {
    const post = postOf.get(postId)
    if (!post || !mayLook(who)) return false
    if (!isOldEnough(who, post)) return false
    if (holds(who, postId)) return true
    const author = userOf.get(post.authorId)!
    if (post.deletedAt || author.deletedAt) return false
    if (post.authorId === who.id) return true
    if (!post.publishedAt || areApart(who, post.authorId)) return false
    if (author.suspendedAt && !isStaff(who)) return false
    return (post.visibility === 'everyone' && !author.private) || followed.has(`${who.id} ${post.authorId}`)
  }

  const tags = new Map<string, number[]>()
  for (const { id, caption } of postOf.values())
    for (const [, tag = ''] of caption.toLowerCase().matchAll(/[#＃]([\p{L}\p{N}\p{M}_]+)/gu))
      tags.set(tag, [...(tags.get(tag) ?? []), id])

  return {
    /** Whether the person may know that the post exists. */
    mayKnow,
    /** Whether a search may show a person to them. */
    mayFind(who: Who, userId: number): boolean {
      const user = userOf.get(userId)
      return !!user && mayLook(who) && !user.deletedAt && !user.suspendedAt && !areApart(who, userId)
    },
    /** Whether they may learn that somebody used a tag. */
    mayKnowTag: (who: Who, tag: string) => (tags.get(tag) ?? []).some((postId) => mayKnow(who, postId)),
    /** The tags of all captions. */
    tags: () => [...tags.keys()],
    captionOf: (postId: number) => postOf.get(postId)?.caption ?? '',
    authorOf: (postId: number) => postOf.get(postId)?.authorId,
    publishedAt: (postId: number) => postOf.get(postId)?.publishedAt ?? null,
    mayHave(who: Who, fileId: number, what: Class): boolean {
      const file = fileOf.get(fileId)
      if (!file || file.deletedAt) return false
      if (who.look && file.postId === who.look.postId && !postOf.get(file.postId)?.adultsOnly)
        return what !== 'original'
      if (!mayLook(who)) return false
      if (file.ownerId === who.id) return true
      if (what === 'original' || what === 'author') return false
      if (avatars.has(fileId)) return !areApart(who, file.ownerId)
      if (!file.postId || !mayKnow(who, file.postId)) return false
      return what === 'preview' || postOf.get(file.postId)!.price === 0 || holds(who, file.postId)
    },
    ownerOf: (fileId: number) => fileOf.get(fileId)?.ownerId,
    /** Returns undefined when the account is erased. */
    handleOf(userId: number): string | undefined {
      const { handle, deletedAt } = userOf.get(userId) ?? {}
      return deletedAt ? undefined : handle
    },
    postOf: (fileId: number) => fileOf.get(fileId)?.postId ?? null,
    priceOf: (postId: number) => postOf.get(postId)?.price ?? 0,
    hasRow: (fileId: number) => fileOf.has(fileId),
  }
}
