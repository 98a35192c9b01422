import { type Deed, newKey } from './deed'
import { below, draw, type Fair, one, type Person, PRICE, type Wish, WORTH } from './fair'
import { ISSUED, REST } from './tally'

/** Records a wish before the request is sent. From then on, the purchase may be in the database. */
function wish(fair: Fair, holder: Person, payer: Person) {
  const postId = draw(fair.offered.get(holder)!)
  if (postId === undefined) return
  const made: Wish = { postId, holder, payer, state: 'asked' }
  fair.wishes.set(`${holder.handle} ${postId}`, made)
  return made
}

/** Records the outcome. A refused wish is forgotten. */
const come = (fair: Fair, made: Wish) => (told: { done: boolean }) => {
  if (told.done) made.state = 'held'
  else fair.wishes.delete(`${made.holder.handle} ${made.postId}`)
}

/** The coins of people who leave are counted in the rest anyway. */
export const from = (fair: Fair, payer: Person, coins: number) =>
  fair.buyers.includes(payer) ? { [payer.handle]: -coins, [REST]: coins } : {}

export function buy(fair: Fair): Deed | undefined {
  const by = one(fair.buyers)
  const made = wish(fair, by, by)
  if (!made) return
  return {
    by,
    call: `PUT /library/${made.postId}`,
    body: { price: PRICE },
    done: 201,
    before: 200,
    refused: ['insufficient_coins'],
    moves: from(fair, by, PRICE),
    after: come(fair, made),
  }
}

export function give(fair: Fair, by = one(fair.buyers)): Deed | undefined {
  const to = one(fair.buyers.filter((buyer) => buyer !== by))
  const made = wish(fair, to, by)
  if (!made) return
  return {
    by,
    call: `POST /posts/${made.postId}/gifts`,
    body: { handle: to.handle, price: PRICE },
    key: newKey(),
    done: 201,
    refused: ['insufficient_coins'],
    moves: from(fair, by, PRICE),
    after: come(fair, made),
  }
}

export function tip(fair: Fair, by = one(fair.buyers)): Deed {
  const coins = 1 + below(20)
  const body = { handle: fair.seller.handle, coins, note: 'for you' }
  return {
    by,
    call: 'POST /coins/tips',
    body,
    key: newKey(),
    done: 201,
    refused: ['insufficient_coins'],
    moves: from(fair, by, coins),
  }
}

export function redeem(fair: Fair): Deed | undefined {
  const by = one(fair.buyers)
  const code = draw(fair.codes.get(by)!)
  if (!code) return
  const moves = { [by.handle]: WORTH, [ISSUED]: -WORTH }
  return { by, call: 'POST /coins/redemptions', body: { code }, key: newKey(), done: 201, moves }
}

/** A top-up with cash, for which staff decide whether they have received the money. */
export function topUp(fair: Fair): Deed {
  const [by, coins, status] = [one(fair.buyers), 1 + below(30), one(['approved', 'approved', 'refused'])]
  const moves = status === 'approved' ? { [by.handle]: coins, [ISSUED]: -coins } : {}
  const decide = (id: number): Deed => ({
    by: fair.boss,
    call: `PATCH /admin/topups/${id}`,
    body: { status },
    done: 200,
    moves,
  })
  return {
    by,
    call: 'POST /coins/topups',
    body: { coins, note: 'in cash' },
    key: newKey(),
    done: 201,
    refused: ['too_many_pending'],
    after: ({ done, body }) => void (done && fair.waiting.push(decide(body.id))),
  }
}
