import type { Json } from '../../harness'
import { STORIES } from '../../payment-stories'
import { PACK } from '../../stripe-market'
import { type Action, newKey } from './action'
import { below, draw, one, type Person, type SoakState } from './soak-state'
import { ISSUED, TAKEN_BACK } from './tally'

export function beginPayment(soak: SoakState): Action {
  const by = one(soak.buyers)
  return {
    by,
    call: 'POST /coins/checkouts',
    body: { pack: `${PACK.coins}-${PACK.amount}-${PACK.currency}` },
    key: newKey(),
    done: 201,
    lasting: ({ id, coins, amount }) => [id, coins, amount],
    after: ({ body }) => tell(soak, by, body.url),
  }
}

/**
 * Sends each event two or three times in random order until all are received. Events for unknown payments are sent
 * again, as Stripe does.
 */
function tell(soak: SoakState, buyer: Person, url: string) {
  const { events, given, taken } = one(Object.values(STORIES))(soak.stripe, url)
  const close = soak.tally.expect({
    [buyer.handle]: { least: 0, most: given },
    [ISSUED]: { least: -given, most: 0 },
    [TAKEN_BACK]: { least: 0, most: given },
  })
  const copies = events.flatMap((event) => Array<Json>(2 + below(2)).fill(event))
  let missing = copies.length
  const received = () => {
    if (--missing === 0) close({ [buyer.handle]: given - taken, [ISSUED]: -given, [TAKEN_BACK]: taken })
  }
  for (let event = draw(copies); event; event = draw(copies))
    soak.followUps.push(webhook(soak, JSON.stringify(event), received))
}

function webhook(soak: SoakState, body: string, received: () => void): Action {
  const action: Action = {
    by: null,
    call: 'POST /webhooks/stripe',
    body,
    done: 200,
    refused: ['unknown_payment'],
    headers: async () => ({ 'stripe-signature': await soak.stripe.sign(body) }),
    after: ({ done }) => void (done ? received() : soak.followUps.push(action)),
  }
  return action
}
