import { expect } from 'bun:test'
import type { As, Json } from './harness'
import { market } from './market'
import { deliver, type FakeStripe, fakeStripe } from './stripe'

export type StripeMarket = Awaited<ReturnType<typeof stripeMarket>>

export const PACK = { coins: 100, amount: 490, currency: 'eur' }

/** A market in which coins can be bought with money, through a fake Stripe. */
export async function stripeMarket(env: Record<string, string> = {}) {
  const clock = { now: () => Date.now() }
  const fake: FakeStripe = fakeStripe({ now: () => clock.now() })
  const m = await market({ PINHOLE_RATE_LIMITS: 'off', ...fake.env, ...env })
  clock.now = () => +m.app.now()
  expect(
    (await m.api(m.boss, 'PATCH /admin/settings', { packs: [PACK, { coins: 1000, amount: 5000, currency: 'krw' }] }))
      .status,
  ).toBe(200)
  return {
    ...m,
    fake,
    /** Starts a checkout and returns the response. */
    checkout: (as: As, pack = '100-490-eur', headers?: Record<string, string>) =>
      m.api(as, 'POST /coins/checkouts', { pack }, headers),
    /** Starts a checkout and returns its payment page. */
    async begin(as: As, pack?: string): Promise<{ id: number; url: string }> {
      const { status, body } = await this.checkout(as, pack)
      expect(status).toBe(201)
      return body
    },
    deliver: (event: Json) => deliver(m, fake, event),
    look: async (as: As, id: number): Promise<Json> => (await m.api(as, `GET /coins/checkouts/${id}`)).body,
    async [Symbol.asyncDispose]() {
      m[Symbol.dispose]()
      await fake[Symbol.asyncDispose]()
    },
  }
}
