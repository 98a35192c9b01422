import { expect } from 'bun:test'
import type { As, Json } from './harness'
import { market } from './market'
import { type FakeToss, fakeToss } from './toss'

export const WON = { coins: 100, amount: 5000, currency: 'krw' }
export const WON_ID = '100-5000-krw'

/** A market in which coins can be bought for won, through a fake Toss Payments. */
export async function tossMarket(env: Record<string, string> = {}) {
  const clock = { now: () => Date.now() }
  const fake: FakeToss = fakeToss({ now: () => clock.now() })
  const m = await market({ PINHOLE_RATE_LIMITS: 'off', ...fake.env, ...env })
  clock.now = () => +m.app.now()
  const packs = [WON, { coins: 100, amount: 490, currency: 'eur' }]
  expect((await m.api(m.boss, 'PATCH /admin/settings', { packs })).status).toBe(200)
  return {
    ...m,
    fake,
    checkout: (as: As, more: object = {}, headers?: Record<string, string>) =>
      m.api(as, 'POST /coins/checkouts', { pack: WON_ID, ...more }, headers),
    /** Starts a payment and returns it with the order id that the provider's window gets. */
    async begin(as: As): Promise<{ id: number; url: string; order: string }> {
      const { status, body } = await this.checkout(as)
      expect(status).toBe(201)
      const page = await (await m.request(`/coins/checkouts/${body.id}/pay`, { browser: as })).text()
      return { ...body, order: /data-order-id="([^"]+)"/.exec(page)![1]! }
    },
    /** Comes back from the provider's window, as a browser or as a script. */
    comeBack: (as: As, id: number, query: URLSearchParams) => m.api(as, `GET /coins/checkouts/${id}/return?${query}`),
    look: async (as: As, id: number): Promise<Json> => (await m.api(as, `GET /coins/checkouts/${id}`)).body,
    async deliver(message: Json) {
      const body = JSON.stringify(message)
      const headers = {
        'content-type': 'application/json',
        'tosspayments-webhook-transmission-id': crypto.randomUUID(),
      }
      const answer = await m.request('/webhooks/toss', { method: 'POST', body, headers })
      return { status: answer.status, body: await answer.json() }
    },
    async [Symbol.asyncDispose]() {
      m[Symbol.dispose]()
      await fake[Symbol.asyncDispose]()
    },
  }
}
