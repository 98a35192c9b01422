import type { Json } from './harness'
import type { FakeStripe } from './stripe'
import { PACK } from './stripe-market'

/**
 * The events of one payment of a pack in chronological order, and the coins that are credited and taken back in the
 * end.
 */
export type StoryEvents = { events: Json[]; given: number; taken: number }
export type Story = (stripe: FakeStripe, url: string) => StoryEvents

const paid = (events: Json[], taken: number): StoryEvents => ({ events, given: PACK.coins, taken })

export const STORIES: Record<string, Story> = {
  paid: (stripe, url) => paid([stripe.pay(url)], 0),
  'paid after days': (stripe, url) => paid([stripe.begin(url), stripe.arrive(url)], 0),
  'refunded in parts': (stripe, url) =>
    paid([stripe.pay(url), ...[60, 80, 105].map((part) => stripe.refund(url, part))], 50),
  'refunded, all of it': (stripe, url) =>
    paid([stripe.pay(url), stripe.refund(url, 200), stripe.refund(url, 290)], PACK.coins),
  'asked about by the bank'(stripe, url) {
    const events = [stripe.pay(url)]
    const { created, close } = stripe.dispute(url, { status: 'warning_needs_response' })
    return paid([...events, created, close('warning_closed')], 0)
  },
  'disputed and won'(stripe, url) {
    const events = [stripe.pay(url)]
    const { created, close } = stripe.dispute(url)
    return paid([...events, created, close('won')], 0)
  },
  'disputed and lost, partly'(stripe, url) {
    const events = [stripe.pay(url), stripe.refund(url, 49)]
    const { created, close } = stripe.dispute(url, { amount: 98 })
    return paid([...events, created, close('lost')], 30)
  },
  'disputed twice, with a refund'(stripe, url) {
    const events = [stripe.pay(url), stripe.refund(url, 98)]
    const [first, second] = [stripe.dispute(url, { amount: 245 }), stripe.dispute(url, { amount: 49 })]
    return paid([...events, first.created, first.close('won'), second.created], 30)
  },
  'not paid in the end': (stripe, url) => ({ events: [stripe.begin(url), stripe.bounce(url)], given: 0, taken: 0 }),
  expired: (stripe, url) => ({ events: [stripe.expire(url)], given: 0, taken: 0 }),
}

export const shuffled = <T>(of: T[]): T[] =>
  of
    .map((each) => [Math.random(), each] as const)
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each)

/** What the buyer is shown in the end. */
export const endOf = ({ given, taken }: StoryEvents) => ({
  status: given === 0 ? 'failed' : taken === given ? 'refunded' : 'paid',
  takenBack: taken,
})
