import type { Json } from '../../harness'
import { STORIES } from '../../payment-stories'
import { PACK } from '../../till'
import { type Deed, newKey } from './deed'
import { below, draw, type Fair, one, type Person } from './fair'
import { ISSUED, TAKEN_BACK } from './tally'

export function beginPayment(fair: Fair): Deed {
  const by = one(fair.buyers)
  return {
    by,
    call: 'POST /coins/checkouts',
    body: { pack: `${PACK.coins}-${PACK.amount}-${PACK.currency}` },
    key: newKey(),
    done: 201,
    lasting: ({ id, coins, amount }) => [id, coins, amount],
    after: ({ body }) => tell(fair, by, body.url),
  }
}

/**
 * Sends each event two or three times in random order until all are received. Events for unknown payments are sent
 * again, as Stripe does.
 */
function tell(fair: Fair, buyer: Person, url: string) {
  const { events, given, taken } = one(Object.values(STORIES))(fair.stripe, url)
  const close = fair.tally.expect({
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
    fair.waiting.push(webhook(fair, JSON.stringify(event), received))
}

function webhook(fair: Fair, body: string, received: () => void): Deed {
  const deed: Deed = {
    by: null,
    call: 'POST /webhooks/stripe',
    body,
    done: 200,
    refused: ['unknown_payment'],
    headers: async () => ({ 'stripe-signature': await fair.stripe.sign(body) }),
    after: ({ done }) => void (done ? received() : fair.waiting.push(deed)),
  }
  return deed
}
