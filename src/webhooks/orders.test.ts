import { expect, test } from 'bun:test'
import type { Json } from '../../test/harness'
import { endOf, STORIES, shuffled } from '../../test/payment-stories'
import { type StripeMarket, stripeMarket } from '../../test/stripe-market'

function* permutations<T>(of: T[]): Generator<T[]> {
  if (of.length < 2) yield of
  for (const [at, first] of of.entries())
    if (of.length > 1) for (const rest of permutations(of.filter((_, other) => other !== at))) yield [first, ...rest]
}

/** Returns every event twice, with the second copy at a random place after the first. */
function doubled(events: Json[]): Json[] {
  const all = [...events]
  for (const event of events) all.splice(all.indexOf(event) + 1 + Math.floor(Math.random() * all.length), 0, event)
  return all
}

/** Returns the coins that the ledger moved for one payment, by kind. */
function movedFor(m: StripeMarket, id: number) {
  using other = m.openDatabase()
  const sums = other
    .query<{ kind: string; coins: number }, [string, string]>(
      `select entries.kind, sum(coins) as coins from entries join transfers on transfers.id = transfer_id
       join coin_accounts on coin_accounts.id = account_id and user_id is not null
       where cause = ? or cause like ? group by 1 having sum(coins) <> 0 order by 1`,
    )
    .all(`checkout:${id}`, `checkout:${id}:%`)
  return sums.map(({ kind, coins }) => [kind, coins])
}

/** How many orders to try when a story has more permutations than this. */
const MOST = 40

for (const [name, story] of Object.entries(STORIES))
  test(`${name}: the result is the same for every order of the events, each delivered twice`, async () => {
    await using m = await stripeMarket()
    const orders = [...permutations([...story(m.fake, (await m.begin(m.eve)).url).events.keys()])]
    for (const order of orders.length > MOST ? shuffled(orders).slice(0, MOST) : orders) {
      const { id, url } = await m.begin(m.bob)
      const told = story(m.fake, url)
      const codes: (number | undefined)[] = []
      for (const event of doubled(order.map((at) => told.events[at]))) codes.push((await m.deliver(event)).status)
      expect([order, codes.filter((status) => status !== 200 && status !== 404)]).toEqual([order, []])
      expect([order, await m.look(m.bob, id)]).toMatchObject([order, endOf(told)])
      const { given, taken } = told
      const moved = [...(given ? [['checkout', given]] : []), ...(taken ? [['reversal', -taken]] : [])]
      expect([order, movedFor(m, id)]).toEqual([order, moved])
    }
    expect([await m.debt(m.bob), await m.audit()]).toEqual([0, []])
  })

test('concurrent and repeated events over HTTP have the same result as each event once, in order', async () => {
  await using m = await stripeMarket()
  await using server = m.listen()
  const stories = [...Object.values(STORIES), ...Object.values(STORIES)]
  const told = await Promise.all(stories.map(async (story) => ({ by: await m.begin(m.bob), story })))
  const ends = told.map(({ by, story }) => ({ id: by.id, ...story(m.fake, by.url) }))
  const all = ends.flatMap(({ events }) => [...events, ...events, ...events])
  const send = async (event: Json) => {
    const body = JSON.stringify(event)
    const headers = { 'content-type': 'application/json', 'stripe-signature': await m.fake.sign(body) }
    return (await fetch(`${server.url.origin}/webhooks/stripe`, { method: 'POST', body, headers })).status
  }
  const statuses = await Promise.all(shuffled(all).map(send))
  expect(statuses.filter((status) => status !== 200 && status !== 404)).toEqual([])
  for (const end of ends) expect(await m.look(m.bob, end.id)).toMatchObject(endOf(end))
  const due = ends.reduce((sum, { given, taken }) => sum + given - taken, 0)
  expect([(await m.wallet(m.bob)).balance, await m.debt(m.bob), await m.audit()]).toEqual([due, 0, []])
})
