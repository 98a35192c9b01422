import { and, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { block } from '../blocks/model'
import { issue } from '../coins/model'
import type { App } from '../context'
import type { Tx } from '../db/open'
import { filesOfPosts } from '../files/model'
import { files } from '../files/table'
import { follow, unfollow } from '../follows/model'
import { acceptRequest } from '../follows/requests'
import { guestOf, lookCookie } from '../http/guests'
import { buy } from '../library/buy'
import { refund } from '../library/refund'
import { purchases } from '../library/table'
import { beginLook } from '../looks/guest'
import { giveLook, revokeLook } from '../looks/model'
import type { Account, Person } from '../ports/people'
import { findPosts } from '../posts/feed'
import { posts } from '../posts/table'
import { startSession } from '../sessions/model'
import { confirmAdult, withdrawAdult } from '../users/adults/model'
import { createUser, findAccount, findPerson } from '../users/model'
import { present } from '../users/person'
import { suspend } from '../users/suspension'
import { users } from '../users/table'
import { namesOf, type StoredFile, urlOf } from './bytes'
import { chunks } from './chunks'
import { KINDS, type Kind, NOBODY, type Somebody } from './people'

const WITHOUT_ACCOUNT: readonly Kind[] = ['nobody', 'guest', 'lapsed']

/** How many real buyers, and how many real people with refunds, are tried in addition to the test accounts. */
const REAL_PEOPLE = 10

type Post = typeof posts.$inferSelect

/**
 * Creates the people for the test in the copy, with the same code that signs up, follows, buys, blocks and suspends.
 */
export async function gatherPeople(app: App, stored: StoredFile[]): Promise<Somebody[]> {
  const { authors, owners, shown } = await contentsOf(app, stored)
  const make = async (kind: Kind) => {
    const handle = `${kind}_${crypto.randomUUID().slice(0, 8)}`
    const role = kind === 'moderator' ? kind : 'member'
    const user = await app.write((tx) => createUser(tx, { handle, role, passwordHash: '' }, app.now()))
    return { person: user, who: await signIn(app, kind, user) }
  }
  const made = await Promise.all(KINDS.filter((kind) => !WITHOUT_ACCOUNT.includes(kind) && kind !== 'owner').map(make))
  const one = (kind: Kind) => made.find(({ who }) => who.kind === kind)!
  const [unfollowed, refunded, blocked, blocker] = [one('unfollowed'), one('refunded'), one('blocked'), one('blocker')]
  const [suspended, buyer, unconfirmed] = [one('suspended'), one('buyer'), one('unconfirmed')]

  const adults = made.filter(({ who }) => who.kind !== 'stranger')
  await each(app, adults, (tx, { person }) => confirmAdult(tx, null, person, app.now()))
  for (const { person } of [one('follower'), unfollowed, refunded, unconfirmed, blocked, blocker, suspended, buyer])
    await each(app, authors, (tx, author) => followAs(tx, person, author, app.now()))
  await each(
    app,
    authors.filter((author) => author.private),
    (tx, author) => follow(tx, one('requester').person, author, true, app.now()),
  )
  for (const { person } of [refunded, unconfirmed, suspended, buyer]) await buyAll(app, person, shown)
  for (const { who, person } of [unfollowed, refunded, unconfirmed, blocked, blocker, suspended])
    who.held = await linksOf(app, person, stored)
  await each(app, authors, (tx, author) => unfollow(tx, unfollowed.person, author, app.now()))
  await refundAll(app, refunded.person)
  await app.write((tx) => withdrawAdult(tx, null, unconfirmed.person, app.now()))
  await each(app, authors, (tx, author) => block(tx, author, blocked.person, app.now()))
  await each(app, authors, (tx, author) => block(tx, blocker.person, author, app.now()))
  await app.write(async (tx) => suspend(tx, null, await findAccount(tx, suspended.person.id), 'For a test.', app.now()))
  suspended.who.id = null
  const guests = await gatherGuests(app, shown, stored)

  const real = async (kind: Kind, people: Person[]) => Promise.all(people.map((person) => signIn(app, kind, person)))
  return [
    NOBODY,
    ...guests,
    ...made.map(({ who }) => who),
    ...(await real('buyer', await realPeople(app, isNull(purchases.endedAt), [buyer.person, suspended.person]))),
    ...(await real('refunded', await realPeople(app, isNotNull(purchases.refundId), [refunded.person]))),
    ...(await real('owner', owners)),
  ]
}

/** Follows somebody, who accepts it if their account is private. */
async function followAs(tx: Tx, person: Person, author: Person, now: Date) {
  if ((await follow(tx, person, author, true, now)) === 'requested') await acceptRequest(tx, author, person, now)
}

async function signIn(app: App, kind: Kind, { id, handle }: Person): Promise<Somebody> {
  const session = await app.write((tx) => startSession(tx, id, 'leaktest', app.now()))
  return { kind, id, handle, token: await app.sessionTokens.sign(session), held: new Map() }
}

/**
 * Finds the owners of the files, leaving out erased and suspended accounts, which cannot sign in, and the posts that
 * can be bought.
 */
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
  const authors: Account[] = []
  for (const id of new Set(rows.map(({ ownerId }) => ownerId))) authors.push(await findAccount(db, id))
  const owners = authors.filter(({ suspendedAt }) => !suspendedAt)
  const shown: Post[] = []
  for (const ids of chunks([...new Set(rows.flatMap(({ postId }) => postId ?? []))], 500))
    shown.push(...(await db.select().from(posts).where(inArray(posts.id, ids))))
  const open = new Set(owners.map(({ id }) => id))
  return { authors, owners, shown: shown.filter(({ authorId }) => open.has(authorId)) }
}

/**
 * Makes two guests of the first paid post, by links of its author: one who looks at it, and one whose link was taken
 * back and who keeps the links to its files.
 */
async function gatherGuests(app: App, shown: Post[], stored: StoredFile[]): Promise<Somebody[]> {
  const post = shown.find(
    ({ price, publishedAt, deletedAt, adultsOnly }) => price > 0 && publishedAt && !deletedAt && !adultsOnly,
  )
  if (!post) return []
  const author = { id: post.authorId }
  const make = async (kind: Kind): Promise<Somebody> => {
    const { id } = await app.write(async (tx) => {
      const wish = { postId: post.id, price: 0, times: null, hours: 72 } as const
      const made = await giveLook(tx, author, wish, { feePercent: 0, hasCoins: true, now: app.now() })
      return beginLook(tx, made.id, false, app.now())
    })
    const guest = { ...NOBODY, kind, cookie: lookCookie(app, id) }
    if (kind === 'guest') return { ...guest, held: new Map(), look: { postId: post.id, guest: guestOf(id) } }
    const held = await heldBy(app, post.id, guestOf(id), stored)
    await app.write((tx) => revokeLook(tx, author, id, app.now()))
    return { ...guest, held }
  }
  return [await make('guest'), await make('lapsed')]
}

/** The links to the files of one post that a guest was shown. */
async function heldBy(app: App, postId: number, guest: number, stored: StoredFile[]) {
  const ids = (await filesOfPosts(app.db, [postId])).get(postId)?.map(({ id }) => id) ?? []
  const held: Somebody['held'] = new Map()
  for (const file of stored.filter(({ id }) => ids.includes(id)))
    held.set(
      file.id,
      namesOf(file, 'full').map((name) => urlOf(app, guest, file.id, name)),
    )
  return held
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

/** Finds the newest buyers whose purchases match. */
async function realPeople({ db }: App, so: ReturnType<typeof isNull>, besides: Person[]): Promise<Person[]> {
  const rows = await db
    .select({ id: purchases.buyerId })
    .from(purchases)
    .innerJoin(users, and(eq(users.id, purchases.buyerId), present))
    .where(so)
    .orderBy(desc(purchases.id))
    .limit(5000)
  const ids = [...new Set(rows.map(({ id }) => id))].filter((id) => !besides.some((person) => person.id === id))
  return Promise.all(ids.slice(0, REAL_PEOPLE).map((id) => findPerson(db, id)))
}

/** The links that the server shows this person now, to the files in posts they may open. */
async function linksOf(app: App, person: Person, stored: StoredFile[]) {
  const byId = new Map(stored.map((file) => [file.id, file]))
  const held: Somebody['held'] = new Map()
  for (const some of chunks(stored, 100)) {
    const ids = some.map(({ id }) => id)
    const rows = await app.db.select({ id: files.id, postId: files.postId }).from(files).where(inArray(files.id, ids))
    const seen = await findPosts(
      app.db,
      person,
      rows.flatMap(({ postId }) => postId ?? []),
    )
    for (const { id, postId } of rows) {
      const row = seen.get(postId ?? 0)
      if (!row || (row.post.price > 0 && !row.bought)) continue
      const names = namesOf(byId.get(id)!, 'full')
      held.set(
        id,
        names.map((name) => urlOf(app, person.id, id, name)),
      )
    }
  }
  return held
}

/** Runs one transaction per item, and many share a commit. */
async function each<T>({ write }: App, all: T[], change: (tx: Tx, one: T) => Promise<unknown>) {
  for (const some of chunks(all, 100)) await Promise.all(some.map((one) => write((tx) => change(tx, one))))
}
