import { and, eq, isNotNull } from 'drizzle-orm'
import type { Reader, Tx } from '../db/open'
import { attachFiles } from '../files/model'
import type { Person } from '../ports/people'
import { countOnUser } from '../users/model'
import { indexCaption } from './captions'
import type { PostDraft } from './publish'
import { posts } from './table'

/** A post that was published elsewhere, and what it is imported from. */
export type ImportedPost = Omit<PostDraft, 'publishAt'> & { publishedAt: Date; source: string }

/** Lists the sources of this person's imported posts, also of those that they have deleted since. */
export async function sourcesOf(db: Reader, { id }: Pick<Person, 'id'>): Promise<Set<string>> {
  const theirs = and(eq(posts.authorId, id), isNotNull(posts.source))
  return new Set((await db.select({ source: posts.source }).from(posts).where(theirs)).map(({ source }) => source!))
}

/**
 * Publishes a post at the time in the past that it has, from files that are ready. It is no news: it is not delivered to
 * inboxes, announces nothing, and notifies nobody whom its caption mentions. Returns null when it was imported before.
 */
export async function publishImported(tx: Tx, author: Person, post: ImportedPost, now: Date): Promise<number | null> {
  const { fileIds, source, ...values } = post
  const [known] = await tx
    .select({ id: posts.id })
    .from(posts)
    .where(and(eq(posts.authorId, author.id), eq(posts.source, source)))
    .limit(1)
  if (known) return null
  const [made] = await tx
    .insert(posts)
    .values({ ...values, source, authorId: author.id, createdAt: now })
    .returning()
  await attachFiles(tx, author, made!.id, fileIds)
  await indexCaption(tx, made!)
  await countOnUser(tx, author.id, 'posts', 1)
  return made!.id
}
