import { expect, test } from 'bun:test'
import type { Json, Somebody } from '../../test/harness'
import { PACK, type Till, till } from '../../test/till'
import { deleteAccount } from '../users/account'

/** Chance that can be had again: mulberry32. */
function chance(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return { below: (n: number) => Math.floor(next() * n), one: <T>(of: T[]): T => of[Math.floor(next() * of.length)]! }
}

type World = {
  m: Till
  people: Somebody[]
  posts: { id: number; price: number; author: Somebody }[]
  codes: string[]
  /** Where coins wait to be paid for, and where they have been. */
  open: string[]
  paid: string[]
  disputes: ReturnType<Till['fake']['dispute']>[]
  made: number
}
type Chance = ReturnType<typeof chance>
/** What somebody may do; gives the statuses that are right for it. */
type Deed = (w: World, by: Somebody, c: Chance) => Promise<{ status: number; allowed: number[] }>

const deeds: Record<string, Deed> = {
  async grant(w, by, c) {
    const coins = 1 + c.below(60)
    const { status } = await w.m.api(w.m.boss, `POST /admin/users/${by.handle}/grants`, { coins })
    w.made += coins
    return { status, allowed: [201] }
  },
  async voucher(w, _, c) {
    w.codes.push(await w.m.voucher({ coins: 1 + c.below(40), uses: 1 + c.below(3) }))
    return { status: 200, allowed: [200] }
  },
  async redeem(w, by, c) {
    if (!w.codes.length) return { status: 0, allowed: [0] }
    const { status, body } = await w.m.redeem(by, c.one(w.codes))
    if (status === 201) w.made += body.coins
    return { status, allowed: [201, 409] }
  },
  async publish(w, by, c) {
    const post = await w.m.post(by, { price: c.below(4) ? 1 + c.below(50) : 0, visibility: c.below(4) ? 'everyone' : 'followers' })
    w.posts.push({ ...post, author: by })
    return { status: 201, allowed: [201] }
  },
  async buy(w, by, c) {
    if (!w.posts.length) return { status: 0, allowed: [0] }
    const post = c.one(w.posts)
    const { status } = await w.m.buy(by, c.below(5) ? post : { ...post, price: 1 + c.below(50) })
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
    return { status, allowed: [204, 401] }
  },
  async remove(w, _, c) {
    if (!w.posts.length) return { status: 0, allowed: [0] }
    const { status } = await w.m.api(w.m.boss, `DELETE /admin/posts/${c.one(w.posts).id}`)
    return { status, allowed: [204] }
  },
  async tip(w, by, c) {
    const { status } = await w.m.api(by, 'POST /coins/tips', { handle: c.one(w.people).handle, coins: 1 + c.below(30) })
    return { status, allowed: [201, 402, 409] }
  },
  async give(w, by, c) {
    if (!w.posts.length) return { status: 0, allowed: [0] }
    const { id, price } = c.one(w.posts)
    const { status } = await w.m.api(by, `POST /posts/${id}/gifts`, { handle: c.one(w.people).handle, price })
    return { status, allowed: [201, 402, 404, 409] }
  },
  async refund(w, by, c) {
    if (!w.posts.length) return { status: 0, allowed: [0] }
    const { id, author } = c.one(w.posts)
    const { status } = await w.m.api(c.below(4) ? author : by, `POST /library/${id}/refunds`, { handle: c.one(w.people).handle })
    return { status, allowed: [201, 401, 403, 404, 409] }
  },
  async ask(w, by, c) {
    const { status } = await w.m.api(by, 'POST /coins/payouts', { coins: 1 + c.below(60) })
    return { status, allowed: [201, 403, 409] }
  },
  async decide(w, _, c) {
    const { items } = (await w.m.api(w.m.boss, 'GET /admin/payouts?status=asked')).body
    if (!items.length) return { status: 0, allowed: [0] }
    const { status } = await w.m.api(w.m.boss, `PATCH /admin/payouts/${c.one<Json>(items).id}`, { status: c.one(['paid', 'refused']) })
    return { status, allowed: [200, 409] }
  },
  async withdraw(w, by, c) {
    const { items } = (await w.m.api(by, 'GET /coins/payouts')).body
    if (!items.length) return { status: 0, allowed: [0] }
    const { status } = await w.m.api(by, `DELETE /coins/payouts/${c.one<Json>(items).id}`)
    return { status, allowed: [204, 409] }
  },
  async begin(w, by) {
    const { status, body } = await w.m.checkout(by)
    w.open.push(body.url)
    return { status, allowed: [201] }
  },
  async pay(w) {
    const url = w.open.pop()
    if (!url) return { status: 0, allowed: [0] }
    w.paid.push(url)
    w.made += PACK.coins
    return { status: (await w.m.deliver(w.m.fake.pay(url))).status, allowed: [200] }
  },
  async refundMoney(w, _, c) {
    if (!w.paid.length) return { status: 0, allowed: [0] }
    return { status: (await w.m.deliver(w.m.fake.refund(c.one(w.paid), 1 + c.below(200)))).status, allowed: [200] }
  },
  async dispute(w, _, c) {
    if (!w.paid.length) return { status: 0, allowed: [0] }
    const dispute = w.m.fake.dispute(c.one(w.paid), { amount: 1 + c.below(490) })
    w.disputes.push(dispute)
    return { status: (await w.m.deliver(dispute.created)).status, allowed: [200] }
  },
  async close(w, _, c) {
    const dispute = w.disputes.pop()
    if (!dispute) return { status: 0, allowed: [0] }
    return { status: (await w.m.deliver(dispute.close(c.one(['won', 'lost'])))).status, allowed: [200] }
  },
  async topup(w, by, c) {
    const coins = 1 + c.below(30)
    const { status, body } = await w.m.api(by, 'POST /coins/topups', { coins, note: 'cash' })
    if (status === 201 && c.below(3)) {
      await w.m.api(w.m.boss, `PATCH /admin/topups/${body.id}`, { status: 'approved' })
      w.made += coins
    }
    return { status, allowed: [201, 409] }
  },
  async rules(w, _, c) {
    const patch = {
      feePercent: c.one([0, 0, 7, 33, 50]),
      payouts: c.one(['on', 'on', 'off']),
      payoutHoldDays: c.one([0, 0, 1]),
      payoutMinCoins: 1,
    }
    const { status } = await w.m.api(w.m.boss, 'PATCH /admin/settings', patch)
    return { status, allowed: [200] }
  },
  async leave(w, by) {
    if (w.people.length < 3) return { status: 0, allowed: [0] }
    await w.m.app.write((tx) => deleteAccount(tx, by, w.m.app.now(), { forfeit: true }))
    w.people = w.people.filter(({ id }) => id !== by.id)
    return { status: 204, allowed: [204] }
  },
  async work(w) {
    await w.m.runJobs()
    return { status: 200, allowed: [200] }
  },
}
/** How often each is done: leaving is rare. */
const LIKELY = Object.keys(deeds).flatMap((name) =>
  Array(
    ({ buy: 8, grant: 3, redeem: 3, publish: 3, tip: 3, give: 3, refund: 3, ask: 2, begin: 2, pay: 2, leave: 0.5 }[name] ?? 1) * 2,
  ).fill(name),
)

/** Coins are where they can be, and as many as were made. */
async function expectRight({ m, made }: World, history: string[]) {
  using other = m.stranger()
  const sums = other
    .query<Json, []>(`select
    coalesce(sum(balance), 0) as total, coalesce(-sum(balance) filter (where kind = 'issued'), 0) as issued,
    coalesce(sum(balance) filter (where kind <> 'issued'), 0) as elsewhere,
    coalesce((select sum(coins) from payouts where status = 'asked'), 0)
      - coalesce(sum(balance) filter (where kind = 'reserved'), 0) as reserved,
    (select count(*) from coin_accounts join users on users.id = user_id where deleted_at is not null and balance > 0) as ownerless,
    (select count(*) from coin_accounts debt join coin_accounts own on own.user_id = debt.user_id and own.kind = 'member'
      where debt.kind = 'debt' and debt.balance < 0 and own.balance > 0) as owing_and_owning
    from coin_accounts`)
    .get()
  expect([history, await m.audit(), sums]).toEqual([
    history,
    [],
    { total: 0, issued: made, elsewhere: made, reserved: 0, ownerless: 0, owing_and_owning: 0 },
  ])
}

/** Whoever bought it and was not paid back reads it; who did not is shown nothing of it. */
async function expectSeen({ m, people, posts }: World) {
  using other = m.stranger()
  for (const person of people)
    for (const { id, author } of posts) {
      const held = other
        .query(
          'select 1 from purchases join posts p on p.id = post_id where buyer_id = ? and post_id = ? and ended_at is null and removed_at is null',
        )
        .get(person.id, id)
      const { status, body } = await m.api(person, `GET /posts/${id}`)
      if (held) expect([id, status, body.locked]).toEqual([id, 200, false])
      else if (status === 200 && author.id !== person.id && body.price > 0)
        expect([id, body.locked, JSON.stringify(body).includes('/full/')]).toEqual([id, true, false])
    }
}

for (const seed of [1, 2, 3, 4])
  test(`whatever happens in whatever order, no coin is lost or made (seed ${seed})`, async () => {
    await using m = await till()
    const c = chance(seed)
    const others = await Promise.all(['carl', 'dora', 'finn'].map((handle) => m.user(handle)))
    const w: World = { m, people: [m.ann, m.bob, m.eve, ...others], posts: [], codes: [], open: [], paid: [], disputes: [], made: 0 }
    const history: string[] = []
    for (let step = 0; step < 160; step++) {
      const [name, by] = [c.one(LIKELY), c.one(w.people)]
      history.push(`${name} ${by.handle}`)
      const { status, allowed } = await deeds[name]!(w, by, c)
      expect([history.at(-1), allowed.includes(status), status]).toEqual([history.at(-1), true, status])
      if (step % 3 === 0) m.pass(c.below(5000))
      await expectRight(w, history.slice(-3))
    }
    await m.runJobs()
    await expectRight(w, ['all jobs done'])
    await expectSeen(w)
    expect(w.made).toBeGreaterThan(100)
  }, 60_000)
