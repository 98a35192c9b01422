import { type Action, newKey } from './action'
import { from } from './buyers'
import { below, one, PRICE, type SoakState } from './soak-state'
import { PAID_OUT, REST } from './tally'

/** Refunds a confirmed purchase. */
export function refund(soak: SoakState): Action | undefined {
  const held = [...soak.wishes.values()].filter(({ state }) => state === 'held')
  const wish = held.at(-1 - below(Math.min(held.length, 50)))
  if (!wish) return
  wish.state = 'refund asked'
  return {
    by: one([soak.seller, soak.seller, soak.boss]),
    call: `POST /library/${wish.postId}/refunds`,
    body: { handle: wish.holder.handle },
    key: newKey(),
    done: 201,
    refused: ['insufficient_coins'],
    moves: from(soak, wish.payer, -PRICE),
    after({ done }) {
      wish.state = done ? 'refunded' : 'held'
    },
  }
}

/** Requests a payout and then decides it, withdraws it or does both, in which case the first one counts. */
export function payOut(soak: SoakState): Action {
  const coins = 1 + below(15)
  const decide = (id: number): Action[] => {
    const status = one(['paid', 'paid', 'refused'])
    const decision = {
      by: soak.boss,
      call: `PATCH /admin/payouts/${id}`,
      body: { status },
      refused: ['already_decided', 'in_debt'],
    }
    const withdrawal = { by: soak.seller, call: `DELETE /coins/payouts/${id}`, done: 204, refused: ['already_decided'] }
    const moves = { [REST]: -coins, [PAID_OUT]: coins }
    return [{ ...decision, done: 200, ...(status === 'paid' && { moves }) }, ...(below(3) ? [] : [withdrawal])]
  }
  return {
    by: soak.seller,
    call: 'POST /coins/payouts',
    body: { coins },
    key: newKey(),
    done: 201,
    refused: ['not_available', 'in_debt'],
    after: ({ done, body }) => void (done && soak.followUps.push(...decide(body.id))),
  }
}
