import { type Action, newKey } from './action'
import { below, draw, one, type Person, PRICE, type SoakState, type Wish, WORTH } from './soak-state'
import { ISSUED, REST } from './tally'

/** Records a wish before the request is sent. From then on, the purchase may be in the database. */
function wish(soak: SoakState, holder: Person, payer: Person) {
  const postId = draw(soak.offered.get(holder)!)
  if (postId === undefined) return
  const made: Wish = { postId, holder, payer, state: 'asked' }
  soak.wishes.set(`${holder.handle} ${postId}`, made)
  return made
}

/** Records the outcome. A refused wish is forgotten. */
const come = (soak: SoakState, made: Wish) => (told: { done: boolean }) => {
  if (told.done) made.state = 'held'
  else soak.wishes.delete(`${made.holder.handle} ${made.postId}`)
}

/** The coins of people who leave are counted in the rest anyway. */
export const from = (soak: SoakState, payer: Person, coins: number) =>
  soak.buyers.includes(payer) ? { [payer.handle]: -coins, [REST]: coins } : {}

export function buy(soak: SoakState): Action | undefined {
  const by = one(soak.buyers)
  const made = wish(soak, by, by)
  if (!made) return
  return {
    by,
    call: `PUT /library/${made.postId}`,
    body: { price: PRICE },
    done: 201,
    before: 200,
    refused: ['insufficient_coins'],
    moves: from(soak, by, PRICE),
    after: come(soak, made),
  }
}

export function give(soak: SoakState, by = one(soak.buyers)): Action | undefined {
  const to = one(soak.buyers.filter((buyer) => buyer !== by))
  const made = wish(soak, to, by)
  if (!made) return
  return {
    by,
    call: `POST /posts/${made.postId}/gifts`,
    body: { handle: to.handle, price: PRICE },
    key: newKey(),
    done: 201,
    refused: ['insufficient_coins'],
    moves: from(soak, by, PRICE),
    after: come(soak, made),
  }
}

export function tip(soak: SoakState, by = one(soak.buyers)): Action {
  const coins = 1 + below(20)
  const body = { handle: soak.seller.handle, coins, note: 'for you' }
  return {
    by,
    call: 'POST /coins/tips',
    body,
    key: newKey(),
    done: 201,
    refused: ['insufficient_coins'],
    moves: from(soak, by, coins),
  }
}

export function redeem(soak: SoakState): Action | undefined {
  const by = one(soak.buyers)
  const code = draw(soak.codes.get(by)!)
  if (!code) return
  const moves = { [by.handle]: WORTH, [ISSUED]: -WORTH }
  return { by, call: 'POST /coins/redemptions', body: { code }, key: newKey(), done: 201, moves }
}

/** A top-up with cash, for which staff decide whether they have received the money. */
export function topUp(soak: SoakState): Action {
  const [by, coins, status] = [one(soak.buyers), 1 + below(30), one(['approved', 'approved', 'refused'])]
  const moves = status === 'approved' ? { [by.handle]: coins, [ISSUED]: -coins } : {}
  const decide = (id: number): Action => ({
    by: soak.boss,
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
    after: ({ done, body }) => void (done && soak.followUps.push(decide(body.id))),
  }
}
