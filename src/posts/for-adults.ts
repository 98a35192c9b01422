import { and, eq, isNotNull, not, sql } from 'drizzle-orm'
import { isTrue } from '../db/columns'
import type { Reader } from '../db/open'
import { type PreparedViewer, preparedForViewer } from '../db/prepared'
import type { Person } from '../ports/people'
import { type Seen, seenBy } from '../users/person'
import { users } from '../users/table'
import { authorOf, forAgeOf, visibleAtAnyAge } from './feed'
import { posts } from './table'

type WithId = Pick<Person, 'id'>

/** An SQL condition: nothing but their age, which they have not confirmed, keeps the viewer from seeing the post. */
const isHiddenForAge = (viewer: PreparedViewer) =>
  and(visibleAtAnyAge(viewer), isTrue(posts.adultsOnly), not(forAgeOf(viewer)!))

/**
 * Finds the author of a post that the viewer might see if they confirmed their age. Nothing else is told of it. Returns
 * undefined when there is no such post.
 */
export async function lookUpAuthorForAdults(db: Reader, viewer: WithId | null, id: number): Promise<Seen | undefined> {
  const [row] = await forAdultsById(db, viewer).execute({ viewerId: viewer?.id, id })
  return row?.author
}

const forAdultsById = preparedForViewer((db: Reader, viewer) =>
  db
    .select({ author: seenBy(viewer) })
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(eq(posts.id, sql.placeholder('id')), isHiddenForAge(viewer)))
    .limit(1)
    .prepare(),
)

/** Counts the posts of an author that the viewer might see if they confirmed their age. */
export async function countHiddenForAge(db: Reader, viewer: WithId | null, author: WithId): Promise<number> {
  const [row] = await hiddenOf(db, viewer).execute({ viewerId: viewer?.id, authorId: author.id })
  return row!.count
}

const hiddenOf = preparedForViewer((db: Reader, viewer) =>
  db
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(posts)
    .innerJoin(users, authorOf)
    .where(and(eq(posts.authorId, sql.placeholder('authorId')), isNotNull(posts.publishedAt), isHiddenForAge(viewer)))
    .prepare(),
)
