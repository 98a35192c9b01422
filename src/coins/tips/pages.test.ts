import { expect, test } from 'bun:test'
import { market } from '../../../test/market'

/** Bob has 100 coins and Eve has none. */
async function withPages() {
  const m = await market()
  await m.grant(m.bob, 100)
  const post = await m.post(m.ann, { price: 30 })
  const main = async (path: string, browser = m.bob, locale = 'en') => {
    const answer = await m.request(path, { browser, headers: { 'accept-language': locale } })
    expect([path, answer.status]).toEqual([path, 200])
    return (await answer.text()).split('<main')[1]!
  }
  return { ...m, main, gift: `/posts/${post.id}/gifts/new`, [Symbol.dispose]: () => m[Symbol.dispose]() }
}

test('the page of a tip says what each usual amount leaves, and what another amount from a link leaves', async () => {
  using m = await withPages()
  const korean = await m.main('/coins/tips/new?handle=ann&coins=7', m.bob, 'ko')
  for (const text of ['95개 남음', '90개 남음', '75개 남음', '코인 7개를 후원하면 93개가 남아요.'])
    expect(korean).toContain(text)
  expect(await m.main('/coins/tips/new?handle=ann&coins=25')).not.toContain('A tip of')
  expect(await m.main('/coins/tips/new?handle=ann&coins=101')).toContain(
    'For a tip of 101 coins, you are 1 coin short.',
  )
})

test('a tip that was refused says how many coins are missing for it', async () => {
  using m = await withPages()
  const form = { handle: 'ann', coins: '130', postId: '', note: '' }
  const answer = await m.request('/coins/tips', { method: 'POST', browser: m.bob, form })
  expect(answer.status).toBe(402)
  expect(await answer.text()).toContain('For a tip of 130 coins, you are 30 coins short.')
})

test('the page of a gift says what it leaves', async () => {
  using m = await withPages()
  expect(await m.main(m.gift)).toContain('After this gift, you will have 70 coins left.')
  expect(await m.main(m.gift, m.bob, 'ko')).toContain('선물하면 코인 70개가 남아요.')
})

test('without the coins for it, the pages of a gift and a tip lead to the wallet', async () => {
  using m = await withPages()
  const [gift, tip] = [await m.main(m.gift, m.eve), await m.main('/coins/tips/new?handle=ann', m.eve)]
  expect([gift.includes('30 coins short · Go to the wallet'), gift.includes('Send gift')]).toEqual([true, false])
  expect([tip.includes('1 coin short · Go to the wallet'), tip.includes('Send tip')]).toEqual([true, false])
})
