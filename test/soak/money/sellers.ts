import { from } from './buyers'
import { type Deed, newKey } from './deed'
import { below, type Fair, one, PRICE } from './fair'
import { PAID_OUT, REST } from './tally'

/** Refunds a confirmed purchase. */
export function refund(fair: Fair): Deed | undefined {
  const held = [...fair.wishes.values()].filter(({ state }) => state === 'held')
  const wish = held.at(-1 - below(Math.min(held.length, 50)))
  if (!wish) return
  wish.state = 'refund asked'
  return {
    by: one([fair.seller, fair.seller, fair.boss]),
    call: `POST /library/${wish.postId}/refunds`,
    body: { handle: wish.holder.handle },
    key: newKey(),
    done: 201,
    moves: from(fair, wish.payer, -PRICE),
    after() {
      wish.state = 'refunded'
    },
  }
}

/** Requests a payout and then decides it, withdraws it or does both, in which case the first one counts. */
export function payOut(fair: Fair): Deed {
  const coins = 1 + below(15)
  const decide = (id: number): Deed[] => {
    const status = one(['paid', 'paid', 'refused'])
    const decision = {
      by: fair.boss,
      call: `PATCH /admin/payouts/${id}`,
      body: { status },
      refused: ['already_decided', 'in_debt'],
    }
    const withdrawal = { by: fair.seller, call: `DELETE /coins/payouts/${id}`, done: 204, refused: ['already_decided'] }
    const moves = { [REST]: -coins, [PAID_OUT]: coins }
    return [{ ...decision, done: 200, ...(status === 'paid' && { moves }) }, ...(below(3) ? [] : [withdrawal])]
  }
  return {
    by: fair.seller,
    call: 'POST /coins/payouts',
    body: { coins },
    key: newKey(),
    done: 201,
    refused: ['not_available', 'in_debt'],
    after: ({ done, body }) => void (done && fair.waiting.push(...decide(body.id))),
  }
}
