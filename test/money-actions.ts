import { expect } from 'bun:test'
import { deleteAccount } from '../src/users/account'
import type { Json, Somebody } from './harness'
import type { LedgerModel } from './ledger-model'
import { PACK, type StripeMarket } from './stripe-market'

/** A seeded random number generator (mulberry32), so that a run can be repeated. */
export function seededRandom(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return { below: (n: number) => Math.floor(next() * n), one: <T>(of: T[]): T => of[Math.floor(next() * of.length)]! }
}

export type World = {
  m: StripeMarket
  people: Somebody[]
  posts: { id: number; price: number; author: Somebody }[]
  codes: string[]
  /** The addresses of links for guests by their ids. */
  links: Map<number, string>
  /** Checkouts that wait for payment. */
  unpaid: { url: string; by: Somebody }[]
  paid: { url: string; refunded: number }[]
  disputes: (ReturnType<StripeMarket['fake']['dispute']> & { url: string })[]
  feePercent: number
  model: LedgerModel
}
type SeededRandom = ReturnType<typeof seededRandom>
/** Something a person may do. Returns the response status and the statuses that are allowed for it. */
type MoneyAction = (w: World, by: Somebody, c: SeededRandom) => Promise<{ status: number; allowed: number[] }>

export const moneyActions: Record<string, MoneyAction> = {
  async grant(w, by, c) {
    const coins = 1 + c.below(60)
    const { status } = await w.m.api(w.m.boss, `POST /admin/users/${by.handle}/grants`, { coins })
    w.model.issue(by.id, coins)
    return { status, allowed: [201] }
  },
  async voucher(w, _, c) {
    w.codes.push(await w.m.voucher({ coins: 1 + c.below(40), uses: 1 + c.below(3) }))
    return { status: 200, allowed: [200] }
  },
  async redeem(w, by, c) {
    if (!w.codes.length) return { status: 0, allowed: [0] }
    const { status, body } = await w.m.redeem(by, c.one(w.codes))
    if (status === 201) w.model.issue(by.id, body.coins)
    return { status, allowed: [201, 409] }
  },
  async publish(w, by, c) {
    const post = await w.m.post(by, {
      price: c.below(4) ? 1 + c.below(50) : 0,
      visibility: c.below(4) ? 'everyone' : 'followers',
    })
    w.posts.push({ ...post, author: by })
    return { status: 201, allowed: [201] }
  },
  async buy(w, by, c) {
    if (!w.posts.length) return { status: 0, allowed: [0] }
    const post = c.one(newest(w))
    const { status, body } = await w.m.buy(by, c.below(5) ? post : { ...post, price: 1 + c.below(50) })
    if (status === 201) sell(w, { post: { ...post, price: body.price }, buyer: by, payer: by })
    return { status, allowed: [200, 201, 402, 404, 409] }
  },
  async reprice(w, _, c) {
    if (!w.posts.length) return { status: 0, allowed: [0] }
    const post = c.one(w.posts)
    const price = c.below(40)
    const { status } = await w.m.api(post.author, `PATCH /posts/${post.id}`, { price })
    if (status === 200) post.price = price
    return { status, allowed: [200, 401, 404] }
  },
  async erase(w, _, c) {
    if (!w.posts.length) return { status: 0, allowed: [0] }
    const post = c.one(w.posts)
    const { status } = await w.m.api(post.author, `DELETE /posts/${post.id}`)
    followLooks(w)
    return { status, allowed: [204, 401] }
  },
  async remove(w, _, c) {
    if (!w.posts.length) return { status: 0, allowed: [0] }
    const { status } = await w.m.api(w.m.boss, `DELETE /admin/posts/${c.one(w.posts).id}`)
    followLooks(w)
    return { status, allowed: [204] }
  },
  async tip(w, by, c) {
    const [to, coins] = [c.one(w.people), 1 + c.below(30)]
    const { status } = await w.m.api(by, 'POST /coins/tips', { handle: to.handle, coins })
    if (status === 201) w.model.tip(by.id, to.id, coins, w.feePercent)
    return { status, allowed: [201, 402, 409] }
  },
  async give(w, by, c) {
    if (!w.posts.length) return { status: 0, allowed: [0] }
    const [post, buyer] = [c.one(newest(w)), c.one(w.people)]
    const { status } = await w.m.api(by, `POST /posts/${post.id}/gifts`, { handle: buyer.handle, price: post.price })
    if (status === 201) sell(w, { post, buyer, payer: by })
    return { status, allowed: [201, 402, 404, 409] }
  },
  async giveLook(w, by, c) {
    if (!w.posts.length) return { status: 0, allowed: [0] }
    const post = c.one(newest(w))
    const { status, body } = await w.m.api(by, 'POST /looks', { postId: post.id, price: post.price })
    if (status === 201) {
      const [{ id: postId, author }, price] = [post, post.author.id === by.id ? 0 : post.price]
      w.model.giveLook({ id: body.id, postId, price, payerId: by.id, authorId: author.id, percent: w.feePercent })
      w.links.set(body.id, body.url)
    }
    return { status, allowed: [201, 402, 404, 409] }
  },
  async openLook(w, _, c) {
    const look = c.one(w.model.looks())
    if (!look) return { status: 0, allowed: [0] }
    const { status } = await w.m.api(null, `POST /looks/${w.links.get(look.id)!.split('/').at(-1)}`)
    if (status === 200) look.opened = true
    return { status, allowed: [200, 403] }
  },
  async endLook(w, _, c) {
    const look = c.one(w.model.looks())
    const giver = w.people.find(({ id }) => id === look?.payerId)
    if (!look || !giver) return { status: 0, allowed: [0] }
    const { status } = await w.m.api(giver, `DELETE /looks/${look.id}`)
    if (status === 204) followLooks(w)
    return { status, allowed: [204] }
  },
  async refund(w, by, c) {
    const sale = c.below(4) ? c.one(w.model.sales()) : undefined // usually a sale that exists
    const post = sale ? w.posts.find(({ id }) => id === sale.postId) : c.one(w.posts)
    const buyer = w.people.find(({ id }) => id === sale?.buyerId) ?? c.one(w.people)
    if (!post) return { status: 0, allowed: [0] }
    const { status } = await w.m.api(c.below(4) ? post.author : by, `POST /library/${post.id}/refunds`, {
      handle: buyer.handle,
    })
    if (status === 201) w.model.refund(post.id, buyer.id)
    return { status, allowed: [201, 401, 402, 403, 404, 409] }
  },
  async ask(w, by, c) {
    const coins = 1 + c.below(20)
    const { status } = await w.m.api(by, 'POST /coins/payouts', { coins })
    if (status === 201) w.model.reserve(by.id, coins)
    return { status, allowed: [201, 403, 409] }
  },
  async decide(w, _, c) {
    const { items } = (await w.m.api(w.m.boss, 'GET /admin/payouts?status=asked')).body
    if (!items.length) return { status: 0, allowed: [0] }
    const [{ id, coins, user }, decision] = [c.one<Json>(items), c.one(['paid', 'refused'] as const)]
    const { status } = await w.m.api(w.m.boss, `PATCH /admin/payouts/${id}`, { status: decision })
    if (status === 200) w.model[decision === 'paid' ? 'payOut' : 'giveBack'](user.id, coins)
    return { status, allowed: [200, 409] }
  },
  async withdraw(w, by, c) {
    const { items } = (await w.m.api(by, 'GET /coins/payouts')).body
    if (!items.length) return { status: 0, allowed: [0] }
    const payout = c.one<Json>(items)
    const { status } = await w.m.api(by, `DELETE /coins/payouts/${payout.id}`)
    if (status === 204 && payout.status === 'asked') w.model.giveBack(by.id, payout.coins)
    return { status, allowed: [204, 409] }
  },
  async begin(w, by) {
    const { status, body } = await w.m.checkout(by)
    w.unpaid.push({ url: body.url, by })
    return { status, allowed: [201] }
  },
  async pay(w) {
    const checkout = w.unpaid.pop()
    if (!checkout) return { status: 0, allowed: [0] }
    const { url, by } = checkout
    w.paid.push({ url, refunded: 0 })
    w.model.pay(url, by.id, PACK.coins, PACK.amount)
    return { status: (await w.m.deliver(w.m.fake.pay(url))).status, allowed: [200] }
  },
  async refundMoney(w, _, c) {
    if (!w.paid.length) return { status: 0, allowed: [0] }
    const [payment, money] = [c.one(w.paid), 1 + c.below(200)]
    payment.refunded += money
    w.model.claim(payment.url, 'refunds', payment.refunded)
    return { status: (await w.m.deliver(w.m.fake.refund(payment.url, money))).status, allowed: [200] }
  },
  async dispute(w, _, c) {
    if (!w.paid.length) return { status: 0, allowed: [0] }
    const [{ url }, amount] = [c.one(w.paid), 1 + c.below(490)]
    const dispute = w.m.fake.dispute(url, { amount })
    w.disputes.push({ ...dispute, url })
    w.model.claim(url, dispute.created.data.object.id, amount)
    return { status: (await w.m.deliver(dispute.created)).status, allowed: [200] }
  },
  async close(w, _, c) {
    const dispute = w.disputes.pop()
    if (!dispute) return { status: 0, allowed: [0] }
    const end = c.one(['won', 'lost'] as const)
    if (end === 'won') w.model.claim(dispute.url, dispute.created.data.object.id, 0)
    return { status: (await w.m.deliver(dispute.close(end))).status, allowed: [200] }
  },
  async topup(w, by, c) {
    const coins = 1 + c.below(30)
    const { status, body } = await w.m.api(by, 'POST /coins/topups', { coins, note: 'cash' })
    if (status === 201 && c.below(3)) {
      await w.m.api(w.m.boss, `PATCH /admin/topups/${body.id}`, { status: 'approved' })
      w.model.issue(by.id, coins)
    }
    return { status, allowed: [201, 409] }
  },
  async rules(w, _, c) {
    const patch = {
      feePercent: c.one([0, 0, 7, 33, 50]),
      payouts: c.one(['on', 'on', 'on', 'off']),
      payoutHoldDays: c.one([0, 0, 1]),
      payoutMinCoins: 1,
    }
    const { status } = await w.m.api(w.m.boss, 'PATCH /admin/settings', patch)
    w.feePercent = patch.feePercent
    return { status, allowed: [200] }
  },
  async leave(w, by) {
    if (w.people.length < 3) return { status: 0, allowed: [0] }
    await w.m.app.write((tx) => deleteAccount(tx, by, w.m.app.now(), { forfeit: true }))
    w.model.leave(by.id)
    w.people = w.people.filter(({ id }) => id !== by.id)
    return { status: 204, allowed: [204] }
  },
  async work(w) {
    await workOff(w)
    return { status: 200, allowed: [200] }
  },
}

/** Recent posts only, because some of the older ones have been deleted. */
const newest = ({ posts }: World) => posts.slice(-8)

type Buying = { post: World['posts'][number]; buyer: Somebody; payer: Somebody }
const sell = ({ model, feePercent: percent }: World, { post: { id, price, author }, buyer, payer }: Buying) =>
  model.sell({ postId: id, buyerId: buyer.id, payerId: payer.id, authorId: author.id, price, percent })

/**
 * Runs the jobs, which refund posts that staff removed and end the purchases of people who left. If both apply to a
 * purchase, whichever job runs first decides, so this reads the result from the database.
 */
export async function workOff(w: World) {
  const { m, model } = w
  await m.runJobs()
  followLooks(w)
  using other = m.openDatabase()
  const last = other.query<{ ended: number; refunded: number; removed: number }, [number, number]>(
    `select ended_at is not null as ended, refund_id is not null as refunded, removed_at is not null as removed
     from purchases join posts on posts.id = post_id where post_id = ? and buyer_id = ? order by purchases.id desc`,
  )
  for (const { postId, buyerId } of model.sales()) {
    const { ended, refunded, removed } = last.get(postId, buyerId)!
    if (refunded) model.refund(postId, buyerId)
    else if (ended) model.end(postId, buyerId)
    else expect([postId, removed]).toEqual([postId, 0])
  }
}

/**
 * Ends the links for guests in the model that have ended in the database. The price comes back exactly for those that
 * nobody has opened. If both the giver and the author left, whichever job runs first decides.
 */
function followLooks({ m, model, people }: World) {
  using other = m.openDatabase()
  const row = other.query<{ ended: number; refunded: number }, [number]>(
    'select ended_at is not null as ended, refund_id is not null as refunded from looks where id = ?',
  )
  for (const look of model.looks()) {
    const { ended, refunded } = row.get(look.id)!
    if (!ended) continue
    if (look.opened || people.some(({ id }) => id === look.payerId))
      expect([look.id, !!refunded]).toEqual([look.id, !look.opened && look.price > 0])
    model.endLook(look, { refunded: !!refunded })
  }
}

/** Action names, repeated according to how often each should happen. Actions that end something are rare. */
export const LIKELY = Object.keys(moneyActions).flatMap((name) =>
  Array(
    ({
      buy: 9,
      grant: 3,
      redeem: 3,
      publish: 3,
      tip: 3,
      give: 4,
      giveLook: 6,
      openLook: 4,
      endLook: 3,
      reprice: 2,
      withdraw: 3,
      refund: 3,
      ask: 3,
      decide: 2,
      begin: 2,
      pay: 2,
      leave: 0.5,
      remove: 0.5,
      erase: 0.5,
    }[name] ?? 1) * 2,
  ).fill(name),
)
