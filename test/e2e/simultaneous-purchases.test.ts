import { expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { market } from '../market'
import { expectQuietConsoles, visit } from './visit'

expectQuietConsoles()

/**
 * Holds back the purchase requests of the pages until all of them are waiting, and then sends them at the same moment.
 */
async function together(pages: Page[]) {
  const all = Promise.withResolvers<void>()
  let waiting = 0
  for (const page of pages)
    await page.route('**/library/*', async (route) => {
      if (++waiting === pages.length) all.resolve()
      await all.promise
      await route.continue()
    })
}

for (const javaScriptEnabled of [true, false])
  test(`two buyers, one in two tabs, pay once each ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    using m = await market()
    await using server = m.listen()
    const post = await m.post(m.ann, { price: 30 })
    for (const buyer of [m.bob, m.eve]) await m.grant(buyer, 70) // enough for two purchases
    await using bob = await visit(server.url.origin, { token: m.bob.token, javaScriptEnabled })
    await using eve = await visit(server.url.origin, { token: m.eve.token, javaScriptEnabled })
    const pages = [bob, await bob.context().newPage(), eve]
    for (const page of pages) await page.goto(`/posts/${post.id}`)
    await together(pages)
    for (const page of pages) await page.locator('summary', { hasText: 'Unlock · 30 coins' }).click()
    await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Buy · 30 coins' }).click()))
    for (const page of pages) {
      await page.locator(`#post-${post.id} a.photo`).waitFor()
      expect(await page.getByRole('button', { name: 'Buy' }).count()).toBe(0)
    }
    using other = m.openDatabase()
    const bought = other.query<{ buyer_id: number }, []>('select buyer_id from purchases order by buyer_id').all()
    expect(bought.map(({ buyer_id }) => buyer_id)).toEqual([m.bob.id, m.eve.id])
    const balances = await Promise.all([m.bob, m.eve, m.ann].map(async (who) => (await m.wallet(who)).balance))
    expect([balances, await m.audit()]).toEqual([[40, 40, 60], []])
  })
