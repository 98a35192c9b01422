import { describe, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { endAllSessions } from '../../src/sessions/model'
import { findAccount } from '../../src/users/model'
import { suspend } from '../../src/users/suspension'
import { moving, wholeChromium } from '../browser'
import { type Market, market } from '../market'
import { partOf } from '../part'
import { expectQuietConsoles, untilPagesAreKept, visit } from './visit'

expectQuietConsoles()

/** A server with a feed that is long enough to scroll. */
async function withFeed() {
  const t = await market()
  for (let i = 0; i < 6; i++) await t.post(t.ann, { caption: `Walk ${i}` })
  return t
}

const back = (page: Page) => page.goBack({ waitUntil: 'commit' }).catch(() => null)
const signInForm = (page: Page) => page.getByLabel('Password', { exact: true })

async function expectSignIn(page: Page) {
  await signInForm(page).waitFor()
  expect(page.url()).toContain('/sessions/new')
}

/** Goes back once and tells where the page came from. */
async function sourceOfBack(page: Page): Promise<string> {
  await page.goto('/')
  await page.evaluate(() => Object.assign(window, { kept: true }))
  await page.goto('/coins')
  await back(page)
  await page.getByRole('link', { name: 'Walk 5' }).or(page.getByText('Walk 5')).first().waitFor()
  return page.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    if ('kept' in window) return 'back-forward cache'
    return entry!.type === 'back_forward' && entry!.transferSize === 0 ? 'HTTP cache' : 'server'
  })
}

const ways = [
  ['by Clear-Site-Data alone', { javaScriptEnabled: false }, {}],
  ['by the script alone', {}, { without: 'clear-site-data' }],
  ['by both', {}, {}],
] as const

const revocations: [string, (t: Market) => Promise<unknown>][] = [
  ['another device signs it out', (t) => t.app.write((tx) => endAllSessions(tx, t.bob.id, t.app.now()))],
  [
    'its owner is suspended',
    (t) => t.app.write(async (tx) => suspend(tx, null, await findAccount(tx, t.bob.id), 'spam', t.app.now())),
  ],
]

// The second browser is installed or named by CHROMIUM; see `wholeChromium`. Clear-Site-Data does not reach its
// back-forward cache, so only the script covers that one.
for (const source of ['HTTP cache', 'back-forward cache'] as const) {
  const backForwardCache = source === 'back-forward cache'
  describe.skipIf(backForwardCache && !wholeChromium)(`with the ${source}`, () => {
    const scripted = ways.filter(([, options]) => !('javaScriptEnabled' in options))
    const those = backForwardCache ? partOf(scripted, 2) : ways
    test.each(those)('Back after signing out shows no page of the person who left, %s', async (_, options, serving) => {
      using t = await withFeed()
      await using server = t.listen(serving)
      const init = { token: t.bob.token, expecting: [401], backForwardCache, ...moving, ...options }
      await using page = await visit(server.url.origin, init)
      if (backForwardCache) await untilPagesAreKept(page)
      expect(await sourceOfBack(page)).toBe(source)
      for (const path of ['/', '/coins', '/library', '/users/account']) await page.goto(path)
      await page.getByRole('button', { name: 'Sign out' }).click()
      await expectSignIn(page)
      for (let i = 0; i < 4; i++) {
        await back(page)
        await expectSignIn(page)
      }
    })

    test('Back while signed in returns to the same place', async () => {
      using t = await withFeed()
      await using server = t.listen()
      await using page = await visit(server.url.origin, { token: t.bob.token, backForwardCache, ...moving })
      if (backForwardCache) await untilPagesAreKept(page)
      await page.goto('/')
      await page.evaluate(() => scrollTo(0, 900))
      await page.waitForFunction(() => scrollY === 900)
      await page.goto('/coins')
      await back(page)
      await page.waitForFunction(() => location.pathname === '/' && scrollY === 900)
      const entries = await page.evaluate(() => performance.getEntriesByType('navigation').map((one) => one.toJSON()))
      expect(entries.map(({ type }) => type)).toEqual([backForwardCache ? 'navigate' : 'back_forward'])
    })

    describe.each(partOf(revocations, 2))('when %s', (_, revoke) => {
      test('an open page leads to the sign-in page, and so does Back', async () => {
        using t = await withFeed()
        await using server = t.listen()
        const init = { token: t.bob.token, expecting: [401], backForwardCache, ...moving }
        await using page = await visit(server.url.origin, init)
        for (const path of ['/', '/library', '/coins']) await page.goto(path)
        await revoke(t)
        await expectSignIn(page)
        for (let i = 0; i < 2; i++) {
          await back(page)
          await expectSignIn(page)
        }
      })

      test('Back to a page that was left before leads to the sign-in page', async () => {
        using t = await withFeed()
        await using server = t.listen()
        const init = { token: t.bob.token, expecting: [401], backForwardCache, ...moving }
        await using page = await visit(server.url.origin, init)
        for (const path of ['/', '/library', '/coins']) await page.goto(path)
        await page.goto('data:text/html,elsewhere')
        await revoke(t)
        for (let i = 0; i < 3; i++) {
          await back(page)
          await expectSignIn(page)
        }
      })

      test.skipIf(backForwardCache)('without JavaScript, Back after the next visit leads there, too', async () => {
        using t = await withFeed()
        await using server = t.listen()
        const init = { token: t.bob.token, javaScriptEnabled: false, ...moving }
        await using page = await visit(server.url.origin, init)
        for (const path of ['/', '/library', '/coins']) await page.goto(path)
        await revoke(t)
        await page.goto('/inbox')
        await expectSignIn(page)
        for (let i = 0; i < 3; i++) {
          await back(page)
          await expectSignIn(page)
        }
      })
    })
  })
}
