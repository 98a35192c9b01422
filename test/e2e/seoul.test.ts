import { expect, test } from 'bun:test'
import { readFile } from 'node:fs/promises'
import type { Locator } from 'playwright-core'
import { startSession } from '../../src/sessions/model'
import { newPage } from '../browser'
import { market } from '../market'

/** Half past midnight on the first of February in Seoul, which is still January in UTC. */
const NIGHT = new Date('2026-01-31T15:30:00Z')

/** A Korean community at night, in which Ann has just sold a post to Bob, and both have tipped each other. */
async function atNight() {
  const m = await market({ PINHOLE_TIME_ZONE: 'Asia/Seoul', PINHOLE_LOCALE: 'ko' })
  m.pass(+NIGHT - +m.app.now())
  for (const somebody of [m.boss, m.ann, m.bob, m.eve]) {
    const session = await m.app.write((tx) => startSession(tx, somebody.id, 'later', m.app.now()))
    somebody.token = await m.app.sessionTokens.sign(session)
  }
  await m.grant(m.bob, 100)
  const post = await m.post(m.ann, { price: 30, caption: '한 해의 첫 사진 #여행가고싶다 #필름' })
  await m.buy(m.bob, post)
  await m.api(m.bob, 'POST /coins/tips', { handle: 'ann', coins: 5 })
  await m.api(m.ann, 'POST /coins/tips', { handle: 'bob', coins: 2 })
  await m.runJobs()
  return { ...m, postId: post.id as number }
}

test('half past midnight on the first of a month in Seoul is in that month, on every page and in the CSV', async () => {
  using m = await atNight()
  using server = m.listen()
  const { origin } = server.url
  await using page = await newPage({ device: 'phone', locale: 'ko' })
  await page.clock.setFixedTime(NIGHT)
  const textOf = async (who: { token: string }, path: string) => {
    await page.context().clearCookies()
    await page.context().addCookies([{ name: 'session', value: who.token, url: origin }])
    await page.goto(origin + path)
    return page.locator('main').innerText()
  }

  const wallet = await textOf(m.bob, '/coins')
  expect(wallet).toContain('오늘')
  for (const line of [/받은 후원.*\+2/s, /보낸 후원.*-5/s, /게시물 구매.*-30/s]) expect(wallet).toMatch(line)
  expect(await textOf(m.ann, '/notifications')).toContain('오늘')
  expect(await textOf(m.ann, '/coins/earnings')).toMatch(/@bob\s+· 2026\. 2\. 1\./)
  const month = await textOf(m.bob, '/coins/statements')
  expect(month).toMatch(/2026년 2월.*월초 잔액\s0.*월말 잔액\s67/s)
  expect([wallet, month].some((text) => /2026. 1. 31|1월/.test(text))).toBe(false)

  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[href$="/entries.csv"]')])
  expect(download.suggestedFilename()).toBe('statement-2026-02.csv')
  const rows = (await readFile(await download.path(), 'utf8')).trim().split('\r\n').slice(1)
  expect(rows.map((row) => row.split(',')[1])).toEqual(Array(4).fill('2026-02-01T00:30:00.000+09:00'))

  // The ledger is proved in UTC, and its page says so.
  const audit = await textOf(m.boss, '/admin/audit')
  expect(audit).toContain('2026년 1월 31일 오후 3:30(UTC) 기준')

  // A tag ends at a blank, links to its page, and is not torn at the end of a line.
  await textOf(m.bob, `/posts/${m.postId}`)
  const tags = page.locator('main a[href*="/tags/"]')
  expect(await tags.allInnerTexts()).toEqual(['#여행가고싶다', '#필름'])
  expect(await tags.evaluateAll((links) => links.map((link) => link.getClientRects().length))).toEqual([1, 1])
})

test('keys work while Hangul is on, and Enter while a syllable is composed sends nothing', async () => {
  using m = await atNight()
  const second = await m.post(m.ann, { caption: '둘째' })
  using server = m.listen()
  const { origin } = server.url
  await using page = await newPage({ locale: 'ko' })
  await page.context().addCookies([{ name: 'session', value: m.bob.token, url: origin }])
  await page.goto(`${origin}/`)
  type Key = { key: string; code: string; ctrlKey?: boolean; isComposing?: boolean }
  const press = (target: string, key: Key) =>
    page
      .locator(target)
      .first()
      .dispatchEvent('keydown', { bubbles: true, cancelable: true, ...key })
  await press('body', { key: 'ㅓ', code: 'KeyJ' })
  expect(await page.evaluate(() => document.activeElement?.closest('[id^=post-]')?.id)).toBe(`post-${second.id}`)

  await page.goto(`${origin}/posts/${second.id}`)
  const box = 'textarea[name=text]'
  await page.fill(box, '안녕')
  for (const init of [
    { key: 'Enter', code: 'Enter', isComposing: true },
    { key: 'Enter', code: 'Enter', ctrlKey: true, isComposing: true },
  ])
    await press(box, init)
  await page.locator(box).press('Enter')
  expect(await page.locator(box).inputValue()).toBe('안녕\n')
  expect((await m.api(m.bob, `GET /posts/${second.id}/comments`)).body.items).toEqual([])
  await page.locator(box).press('Control+Enter')
  await page.getByText('안녕').first().waitFor()
  await page.waitForFunction((box) => (document.querySelector(box) as HTMLTextAreaElement).value === '', box)
  expect((await m.api(m.bob, `GET /posts/${second.id}/comments`)).body.items).toMatchObject([{ text: '안녕' }])
})

test('two taps on a phone, or two presses of Enter, lead from the main page to a bought post', async () => {
  using m = await atNight()
  const second = await m.post(m.ann, { price: 7 })
  await m.grant(m.eve, 100)
  using server = m.listen()
  const { origin } = server.url
  for (const { who, how, device, locale, buy } of [
    { who: m.eve, how: 'tap', device: 'phone', locale: 'ko', buy: '코인 7개로 구매' },
    { who: m.bob, how: 'press', device: 'desktop', locale: 'en', buy: 'Unlock · 7 coins' },
  ] as const) {
    await using page = await newPage({ device, locale })
    await page.context().addCookies([{ name: 'session', value: who.token, url: origin }])
    await page.goto(`${origin}/`)
    const post = page.locator(`#post-${second.id}`)
    const use = async (button: Locator) => (how === 'tap' ? button.tap() : button.press('Enter'))
    await use(post.locator('summary', { hasText: buy }))
    await use(post.locator('.confirm .sheet button.primary'))
    await post.locator('.locked').waitFor({ state: 'detached' })
    expect((await m.api(who, 'GET /library')).body.items[0].id).toBe(second.id)
  }
})
