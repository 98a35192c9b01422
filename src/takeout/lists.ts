import { and, asc, type Column, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { ActionKind } from '../../shapes/actions'
import { actions } from '../actions/table'
import { blocks } from '../blocks/table'
import { checkouts } from '../coins/checkouts/table'
import { entryJson } from '../coins/json'
import { listEntries, walletOf } from '../coins/model'
import { payoutJson } from '../coins/payouts/json'
import { listPayoutsOf } from '../coins/payouts/model'
import { topupJson } from '../coins/topups/json'
import { listTopupsOf } from '../coins/topups/model'
import type { Reader } from '../db/open'
import { type Page, parseCursor, type Wanted } from '../db/page'
import { followRequests, follows } from '../follows/table'
import { invites } from '../invites/table'
import { refundRequests } from '../library/requests/table'
import { listLooks } from '../looks/model'
import { digestOf } from '../mailings/model'
import { mutedWords } from '../muted-words/table'
import { mutes } from '../mutes/table'
import { settingsOf } from '../notifications/settings/model'
import type { Account } from '../ports/people'
import { lookUpDraft } from '../posts/draft/model'
import { pushSubscriptions } from '../push/table'
import { reports } from '../reports/table'
import { listPersonalTokens } from '../sessions/personal-tokens'
import { sessions } from '../sessions/table'
import { passkeys } from '../users/passkeys/table'
import { users } from '../users/table'

/** How many rows are read at once. */
const CHUNK = 100

/** Reads a list page by page, so that it never is in memory as a whole. */
export async function* all<T>(list: (wanted: Wanted) => Promise<Page<T>>): AsyncGenerator<T> {
  let cursor: Wanted['cursor'] = null
  do {
    const page: Page<T> = await list({ limit: CHUNK, cursor })
    yield* page.items
    cursor = page.nextCursor ? (parseCursor(page.nextCursor) ?? null) : null
  } while (cursor)
}

type Relation = typeof follows | typeof followRequests | typeof blocks | typeof mutes

/** Lists the people whose ids are in one column of a table, oldest row first. Those who have left are left out. */
const people = (db: Reader, from: Relation, other: Column, mine: SQL) =>
  db
    .select({ handle: users.handle, displayName: users.displayName, at: from.createdAt })
    .from(from)
    .innerJoin(users, and(eq(users.id, other), isNull(users.deletedAt)))
    .where(mine)
    .orderBy(asc(from.createdAt))

/** Everything about the account itself, without anything by which somebody could sign in. */
export async function profileOf(db: Reader, me: Account) {
  const { handle, displayName, bio, links, email, emailVerifiedAt, role, locale, timeZone, agreedAt, buyerAge } = me
  return {
    handle,
    displayName,
    bio,
    links,
    email,
    emailVerifiedAt,
    role,
    locale,
    timeZone,
    agreedAt,
    buyerAge,
    private: me.private,
    adultAt: me.adultAt,
    adultFrom: me.adultFrom,
    createdAt: me.createdAt,
    followers: me.followers,
    following: me.following,
    posts: me.posts,
    storageUsed: me.storageUsed,
    twoStepVerification: me.secondFactor,
    avatarFileId: (await db.select({ id: users.avatarFileId }).from(users).where(eq(users.id, me.id)))[0]?.id ?? null,
    suspendedAt: me.suspendedAt,
    suspensionReason: me.suspensionReason,
  }
}

/** The lists of an account, by the names of their files. Each is read when it is written. */
export function listsOf(db: Reader, me: Account, { now, timeZone }: { now: Date; timeZone: string }) {
  const one = async function* (row: Promise<object | undefined>) {
    const found = await row
    if (found) yield found
  }
  return {
    draft: () =>
      one(lookUpDraft(db, me).then((draft) => draft && { ...draft, files: draft.files.map(({ id }) => id) })),
    following: () => rows(people(db, follows, follows.followeeId, eq(follows.followerId, me.id))),
    followers: () => rows(people(db, follows, follows.followerId, eq(follows.followeeId, me.id))),
    'follow-requests': () =>
      rows(people(db, followRequests, followRequests.followeeId, eq(followRequests.followerId, me.id))),
    blocked: () => rows(people(db, blocks, blocks.blockedId, eq(blocks.blockerId, me.id))),
    muted: () => rows(people(db, mutes, mutes.mutedId, eq(mutes.muterId, me.id))),
    'muted-words': () =>
      rows(
        db
          .select({ text: mutedWords.text, at: mutedWords.createdAt })
          .from(mutedWords)
          .where(eq(mutedWords.userId, me.id)),
      ),
    wallet: () => one(walletOf(db, me)),
    'coin-statement': () =>
      mapped(
        all((wanted) => listEntries(db, me, wanted)),
        entryJson,
      ),
    topups: () =>
      mapped(
        all((wanted) => listTopupsOf(db, me, wanted)),
        topupJson,
      ),
    payouts: () =>
      mapped(
        all((wanted) => listPayoutsOf(db, me, wanted)),
        payoutJson,
      ),
    payments: () => rows(db.select(paid).from(checkouts).where(eq(checkouts.userId, me.id)).orderBy(checkouts.id)),
    'refund-requests': () => rows(db.select(asked).from(refundRequests).where(eq(refundRequests.buyerId, me.id))),
    'guest-links': () =>
      mapped(
        all((wanted) => listLooks(db, me, wanted)),
        ({ look, caption }) => {
          const { postId, coins, times, hours, used, createdAt, expiresAt, endedAt } = look
          return { postId, caption, coins, times, hours, used, createdAt, expiresAt, endedAt }
        },
      ),
    'notification-settings': () => one(settingsOf(db, me)),
    'mail-digest': () => one(digestOf(db, me, timeZone)),
    devices: () =>
      rows(
        db
          .select(device)
          .from(sessions)
          .where(and(eq(sessions.userId, me.id), isNull(sessions.scopes))),
      ),
    passkeys: () => rows(db.select(key).from(passkeys).where(eq(passkeys.userId, me.id))),
    tokens: () =>
      mapped(
        all((wanted) => listPersonalTokens(db, me.id, wanted, now)),
        (token) => {
          const { name, scopes, createdAt, expiresAt, usedAt } = token
          return { name, scopes, createdAt, expiresAt, usedAt }
        },
      ),
    'push-devices': () =>
      rows(
        db
          .select({ name: pushSubscriptions.name, at: pushSubscriptions.createdAt })
          .from(pushSubscriptions)
          .where(eq(pushSubscriptions.userId, me.id)),
      ),
    invitations: () => rows(db.select(invited).from(invites).where(eq(invites.createdBy, me.id))),
    reports: () => rows(db.select(reported).from(reports).where(eq(reports.reporterId, me.id))),
    'staff-decisions': () =>
      rows(
        db
          .select({ at: actions.at, kind: actions.kind, reason: actions.reason })
          .from(actions)
          .where(and(eq(actions.userId, me.id), inArray(actions.kind, TOLD)))
          .orderBy(asc(actions.id)),
      ),
  }
}

/** Decisions of the staff of which the person was told. Reports by others stay confidential. */
const TOLD: ActionKind[] = [
  'account_created',
  'account_suspended',
  'suspension_lifted',
  'role_changed',
  'second_factor_reset',
  'post_removed',
  'comment_removed',
  'coins_granted',
]

const paid = {
  coins: checkouts.coins,
  amount: checkouts.amount,
  currency: checkouts.currency,
  provider: checkouts.provider,
  reference: checkouts.reference,
  createdAt: checkouts.createdAt,
  paidAt: checkouts.paidAt,
  failedAt: checkouts.failedAt,
}
const asked = {
  reason: refundRequests.reason,
  status: refundRequests.status,
  at: refundRequests.at,
  answer: refundRequests.answer,
  decidedAt: refundRequests.decidedAt,
}
const device = {
  name: sessions.name,
  createdAt: sessions.createdAt,
  lastSeenAt: sessions.lastSeenAt,
  expiresAt: sessions.expiresAt,
  endedAt: sessions.endedAt,
}
const key = { name: passkeys.name, host: passkeys.host, createdAt: passkeys.createdAt, usedAt: passkeys.usedAt }
const invited = {
  uses: invites.uses,
  used: invites.used,
  createdAt: invites.createdAt,
  expiresAt: invites.expiresAt,
  endedAt: invites.endedAt,
}
const reported = {
  postId: reports.postId,
  commentId: reports.commentId,
  reason: reports.reason,
  createdAt: reports.createdAt,
  outcome: reports.outcome,
}

async function* rows(query: PromiseLike<object[]>): AsyncGenerator<object> {
  yield* await query
}

async function* mapped<T>(items: AsyncIterable<T>, toJson: (item: T) => object): AsyncGenerator<object> {
  for await (const item of items) yield toJson(item)
}
