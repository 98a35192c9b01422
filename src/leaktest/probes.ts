import { and, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { issue } from '../coins/model'
import type { App } from '../context'
import type { Tx } from '../db/open'
import { files } from '../files/table'
import { follow, unfollow } from '../follows/model'
import { buy } from '../library/buy'
import { refund } from '../library/refund'
import { purchases } from '../library/table'
import { findPosts } from '../posts/feed'
import { posts } from '../posts/table'
import { startSession } from '../sessions/model'
import { createUser, findById } from '../users/model'
import { type Person, users } from '../users/table'
import { namesOf, type StoredFile } from './bytes'
import { chunks } from './chunks'
import { type Kind, NOBODY, type Somebody } from './people'

/** So many real buyers, and real people who were given their coins back, are tried besides the made-up ones. */
const REAL_PEOPLE = 10

type Post = typeof posts.$inferSelect

/** Everybody the test asks as, made in the copy by the same code with which people sign up, follow, buy and are refunded. */
export async function gatherPeople(app: App, stored: StoredFile[]): Promise<Somebody[]> {
  const { owners, shown } = await contentsOf(app, stored)
  const make = async (kind: Kind) => {
    const user = await app.write((tx) =>
      createUser(tx, { handle: `${kind}_${crypto.randomUUID().slice(0, 8)}`, passwordHash: '' }, app.now()),
    )
    return { person: user, who: await signIn(app, kind, user) }
  }
  const [stranger, follower, unfollowed, refunded, buyer] = [
    await make('stranger'),
    await make('follower'),
    await make('unfollowed'),
    await make('refunded'),
    await make('buyer'),
  ]
  for (const { person } of [follower, unfollowed, refunded, buyer])
    await each(app, owners, (tx, owner) => follow(tx, person, owner, false, app.now()))
  unfollowed.who.held = await linksOf(app, unfollowed.person, stored)
  await each(app, owners, (tx, owner) => unfollow(tx, unfollowed.person, owner, app.now()))
  for (const { person } of [refunded, buyer]) await buyAll(app, person, shown)
  refunded.who.held = await linksOf(app, refunded.person, stored)
  await refundAll(app, refunded.person)

  const real = async (kind: Kind, people: Person[]) => Promise.all(people.map((person) => signIn(app, kind, person)))
  return [
    NOBODY,
    ...[stranger, follower, unfollowed, refunded, buyer].map(({ who }) => who),
    ...(await real('buyer', await realPeople(app, isNull(purchases.endedAt), buyer.person))),
    ...(await real('refunded', await realPeople(app, isNotNull(purchases.refundId), refunded.person))),
    ...(await real('owner', owners)),
  ]
}

async function signIn(app: App, kind: Kind, { id, handle }: Person): Promise<Somebody> {
  const session = await app.write((tx) => startSession(tx, id, 'leaktest', app.now()))
  return { kind, id, handle, token: await app.sessionTokens.sign(session), held: new Map() }
}

/** Whose files they are, and the posts they are in. Of those who are gone nobody can sign in. */
async function contentsOf({ db }: App, stored: StoredFile[]) {
  const rows: { ownerId: number; postId: number | null }[] = []
  for (const some of chunks(stored, 500))
    rows.push(
      ...(await db
        .select({ ownerId: files.ownerId, postId: files.postId })
        .from(files)
        .innerJoin(users, eq(users.id, files.ownerId))
        .where(
          and(
            inArray(
              files.id,
              some.map(({ id }) => id),
            ),
            isNull(users.deletedAt),
          ),
        )),
    )
  const owners: Person[] = []
  for (const id of new Set(rows.map(({ ownerId }) => ownerId))) owners.push(await findById(db, id))
  const shown: Post[] = []
  for (const ids of chunks([...new Set(rows.flatMap(({ postId }) => postId ?? []))], 500))
    shown.push(...(await db.select().from(posts).where(inArray(posts.id, ids))))
  return { owners, shown }
}

async function buyAll(app: App, person: Person, shown: Post[]) {
  const forSale = shown.filter(({ price, publishedAt, deletedAt }) => price > 0 && publishedAt && !deletedAt)
  await each(app, forSale, async (tx, { id, price }) => {
    await issue(tx, person, { coins: price, cause: `leaktest:${person.id}:${id}` }, app.now())
    await buy(tx, person, id, { price }, app.now())
  })
}

async function refundAll(app: App, person: Person) {
  const bought = await app.db
    .select({ purchase: purchases, authorId: posts.authorId })
    .from(purchases)
    .innerJoin(posts, eq(posts.id, purchases.postId))
    .where(eq(purchases.buyerId, person.id))
  await each(app, bought, (tx, { purchase, authorId }) => refund(tx, purchase, authorId, app.now()))
}

/** The newest of those whose purchases are so. */
async function realPeople({ db }: App, so: ReturnType<typeof isNull>, besides: Person): Promise<Person[]> {
  const rows = await db
    .select({ id: purchases.buyerId })
    .from(purchases)
    .innerJoin(users, and(eq(users.id, purchases.buyerId), isNull(users.deletedAt)))
    .where(so)
    .orderBy(desc(purchases.id))
    .limit(5000)
  const ids = [...new Set(rows.map(({ id }) => id))].filter((id) => id !== besides.id)
  return Promise.all(ids.slice(0, REAL_PEOPLE).map((id) => findById(db, id)))
}

/** The links that the server would show them now to what is in posts they may open. */
async function linksOf({ db, mediaUrls }: App, person: Person, stored: StoredFile[]) {
  const byId = new Map(stored.map((file) => [file.id, file]))
  const held: Somebody['held'] = new Map()
  for (const some of chunks(stored, 100)) {
    const ids = some.map(({ id }) => id)
    const rows = await db.select({ id: files.id, postId: files.postId }).from(files).where(inArray(files.id, ids))
    const seen = await findPosts(
      db,
      person,
      rows.flatMap(({ postId }) => postId ?? []),
    )
    for (const { id, postId } of rows) {
      const row = seen.get(postId ?? 0)
      if (!row || (row.post.price > 0 && !row.bought)) continue
      const names = namesOf(byId.get(id)!, 'full')
      held.set(
        id,
        names.map((name) => mediaUrls.urlOf(person.id, id, name as `full/${string}`)),
      )
    }
  }
  return held
}

/** A transaction each, many to a commit. */
async function each<T>({ write }: App, all: T[], change: (tx: Tx, one: T) => Promise<unknown>) {
  for (const some of chunks(all, 100)) await Promise.all(some.map((one) => write((tx) => change(tx, one))))
}
