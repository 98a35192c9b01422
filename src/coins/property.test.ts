import { afterAll, expect, test } from 'bun:test'
import type { Json } from '../../test/harness'
import { ledgerModel } from '../../test/ledger-model'
import { LIKELY, moneyActions, seededRandom, type World, workOff } from '../../test/money-actions'
import { stripeMarket } from '../../test/stripe-market'

/** Expects that all balances match the model, and that they add up to the issued coins. */
async function expectRight({ m, model }: World, history: string[]) {
  using other = m.openDatabase()
  const of = (kind: string, what = 'balance') => `coalesce(sum(${what}) filter (where kind = '${kind}'), 0)`
  const held = other
    .query<Json, []>(
      `select * from (
         select user_id as id, ${of('member')} as balance, ${of('member', 'earned')} as earned,
         -${of('debt')} as debt, ${of('reserved')} as reserved
         from coin_accounts where user_id is not null group by 1
       ) as held where balance <> 0 or debt <> 0 or reserved <> 0 order by 1`,
    )
    .all()
  const sums = other
    .query<Json, []>(
      `select -${of('issued')} as issued, ${of('house')} as house, ${of('paid_out')} as "paidOut",
       ${of('taken_back')} as "takenBack" from coin_accounts`,
    )
    .get()
  const elsewhere = held.reduce((sum, { balance, debt, reserved }) => sum + balance - debt + reserved, 0)
  expect([history, held, sums, await m.audit()]).toEqual([history, model.held(), model.sums, []])
  expect(sums.issued).toBe(elsewhere + sums.house + sums.paidOut + sums.takenBack)
  expect(held.filter(({ balance, debt }) => balance > 0 && debt > 0)).toEqual([])
}

/** Expects that buyers without a refund see the post, and that other people see nothing of it. */
async function expectSeen({ m, people, posts }: World) {
  using other = m.openDatabase()
  for (const person of people)
    for (const { id, author } of posts) {
      const held = other
        .query(
          `select 1 from purchases join posts p on p.id = post_id
           where buyer_id = ? and post_id = ? and ended_at is null and removed_at is null`,
        )
        .get(person.id, id)
      const { status, body } = await m.api(person, `GET /posts/${id}`)
      if (held) expect([id, status, body.locked]).toEqual([id, 200, false])
      else if (status === 200 && author.id !== person.id && body.price > 0)
        expect([id, body.locked, JSON.stringify(body).includes('/full/')]).toEqual([id, true, false])
    }
}

/** The actions that succeeded. All of them must succeed at some point, so that the model is tested with each. */
const succeeded = new Set<string>()
afterAll(() => expect(Object.keys(moneyActions).filter((name) => !succeeded.has(name))).toEqual([]))

for (const seed of [1, 2, 3, 4])
  test(`random actions in random order neither lose nor create coins (seed ${seed})`, async () => {
    await using m = await stripeMarket()
    const c = seededRandom(seed)
    const others = await Promise.all(['carl', 'dora', 'finn'].map((handle) => m.user(handle)))
    const people = [m.ann, m.bob, m.eve, ...others]
    const w: World = {
      m,
      people,
      posts: [],
      codes: [],
      links: new Map(),
      unpaid: [],
      paid: [],
      disputes: [],
      feePercent: 0,
      model: ledgerModel(),
    }
    const history: string[] = []
    for (let step = 0; step < 160; step++) {
      const [name, by] = [c.one(LIKELY), c.one(w.people)]
      history.push(`${name} ${by.handle}`)
      const { status, allowed } = await moneyActions[name]!(w, by, c)
      if (status >= 200 && status < 300) succeeded.add(name)
      expect([history.at(-1), allowed.includes(status), status]).toEqual([history.at(-1), true, status])
      if (step % 3 === 0) m.pass(c.below(5000))
      await expectRight(w, history.slice(-3))
    }
    await workOff(w)
    await expectRight(w, ['all jobs done'])
    await expectSeen(w)
    expect(w.model.sums.issued).toBeGreaterThan(100)
  })
