import { and, desc, eq, exists, isNull, or, sql } from 'drizzle-orm'
import { transfer } from '../coins/ledger'
import { feeOf, paying } from '../coins/transfer-legs'
import { isTrue } from '../db/columns'
import type { Reader, Tx } from '../db/open'
import { beforePlaceholder, placeholdersOf, toPage, type Wanted } from '../db/page'
import { prepared } from '../db/prepared'
import { findOffer, refuseUnlessOffered } from '../library/buy'
import { notify } from '../notifications/model'
import type { Person } from '../ports/people'
import { authorOf, captionFor } from '../posts/feed'
import { posts } from '../posts/table'
import { Problem } from '../problem'
import { users } from '../users/table'
import { endLook } from './end'
import { type Look, looks } from './table'

type Me = Pick<Person, 'id'>

const HOUR_MS = 3600_000
/** How long a link waits to be opened for the first time. */
const WAITS_MS = 30 * 24 * HOUR_MS
/** How many links one person can have that have not ended. */
const MOST_OPEN = 100

/** The giver wants a number of looks, each up to an hour long, or one look of some hours. */
export type Wish = { postId: number; price: number } & ({ times: number; hours: null } | { times: null; hours: number })
export type LookTerms = { feePercent: number; hasCoins: boolean; now: Date }

/**
 * Makes a link by which somebody without an account sees one post. Authors give it for nothing. Everybody else pays the
 * price of the post, which must be for everyone, since followers-only posts are the author's to show.
 */
export async function giveLook(tx: Tx, me: Me, wish: Wish, { feePercent, hasCoins, now }: LookTerms): Promise<Look> {
  const offer = await findOffer(tx, me, wish.postId)
  const isOwn = offer.authorId === me.id
  await refuseForAdults(tx, wish.postId)
  if (!isOwn) {
    if (!hasCoins) throw new Problem('conflict', 'Coins are turned off, so only authors can make such links.')
    await requireForEveryone(tx, wish.postId)
    refuseUnlessOffered(offer, wish.price)
  }
  if ((await tx.$count(looks, and(eq(looks.giverId, me.id), isNull(looks.endedAt)))) >= MOST_OPEN)
    throw new Problem('conflict', 'You have 100 open links. End one of them first.', { code: 'too_many_looks' })
  const coins = isOwn ? 0 : offer.price
  const fee = feeOf(coins, feePercent)
  const { postId, times, hours } = wish
  const [made] = await tx
    .insert(looks)
    .values({ postId, giverId: me.id, coins, fee, times, hours, createdAt: now, expiresAt: new Date(+now + WAITS_MS) })
    .returning()
  if (isOwn) return made!
  const legs = await paying(tx, { kind: 'look', payerId: me.id, payeeId: offer.authorId, coins, fee })
  const transferId = await transfer(tx, { cause: `look:${made!.id}`, kind: 'look', at: now, postId, legs })
  await tx.update(looks).set({ transferId }).where(eq(looks.id, made!.id))
  await notify(tx, { userId: offer.authorId, kind: 'look', actorId: me.id, postId, coins, at: now })
  return { ...made!, transferId }
}

/** A guest has no account in which an age could be confirmed. */
async function refuseForAdults(tx: Tx, postId: number) {
  if (await tx.$count(posts, and(eq(posts.id, postId), isTrue(posts.adultsOnly))))
    throw new Problem('conflict', 'Guests cannot confirm their age, so they cannot see posts for adults.', {
      code: 'adults_only',
    })
}

async function requireForEveryone(tx: Tx, postId: number) {
  const [post] = await tx
    .select({ visibility: posts.visibility, private: users.private })
    .from(posts)
    .innerJoin(users, eq(users.id, posts.authorId))
    .where(eq(posts.id, postId))
  if (post?.visibility !== 'everyone' || post.private)
    throw new Problem('conflict', 'Only its author can show a post for followers to others.', {
      code: 'followers_only',
    })
}

/** Ends a link that I made, or that others made to a post of mine. Others are told that there is no such link. */
export async function revokeLook(tx: Tx, me: Me, id: number, now: Date): Promise<void> {
  const mine = tx
    .select({ one: sql`1` })
    .from(posts)
    .where(and(eq(posts.id, looks.postId), eq(posts.authorId, me.id)))
  const [look] = await tx
    .select()
    .from(looks)
    .where(and(eq(looks.id, id), or(eq(looks.giverId, me.id), exists(mine))))
  if (look) await endLook(tx, look, now)
}

/** Lists the links that I made, newest first, with the captions that I may still read. */
export async function listLooks(db: Reader, me: Me, wanted: Wanted) {
  const rows = await madeBy(db).execute({ id: me.id, ...placeholdersOf(wanted) })
  return toPage(rows, wanted, ({ look }) => ({ at: look.createdAt, id: look.id }))
}

const me = { id: sql.placeholder('id') }
const madeBy = prepared((db: Reader) =>
  db
    .select({ look: looks, caption: captionFor(me) })
    .from(looks)
    .innerJoin(posts, eq(posts.id, looks.postId))
    .innerJoin(users, authorOf)
    .where(and(eq(looks.giverId, me.id), beforePlaceholder(looks.createdAt, looks.id)))
    .orderBy(desc(looks.createdAt), desc(looks.id))
    .limit(sql.placeholder('most'))
    .prepare(),
)
