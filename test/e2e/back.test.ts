import { describe, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { market } from '../market'
import { expectQuietConsoles, visit } from './visit'

expectQuietConsoles()

/** A server with a feed that is long enough to scroll. */
async function withFeed() {
  const t = await market()
  for (let i = 0; i < 6; i++) await t.post(t.ann, { caption: `Walk ${i}` })
  return t
}

/** Goes back by the history, as the button of the browser does. */
async function back(page: Page, path: RegExp) {
  await page.evaluate(() => history.back())
  await page.waitForURL(path, { waitUntil: 'commit' })
}

const cases = [
  ['with JavaScript', {}],
  ['without JavaScript', { javaScriptEnabled: false }],
] as const

describe.each(cases)('%s', (_, options) => {
  test('Back after signing out shows no page of the person who left', async () => {
    using t = await withFeed()
    await using server = t.listen()
    await using page = await visit(server.url.origin, { token: t.bob.token, expecting: [401], ...options })
    for (const path of ['/', '/coins', '/library', '/users/account']) await page.goto(path)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Password', { exact: true }).waitFor()
    for (let i = 0; i < 4; i++) {
      await page.goBack({ waitUntil: 'commit' }).catch(() => null)
      await page.getByLabel('Password', { exact: true }).waitFor()
      expect(page.url()).toContain('/sessions/new')
    }
  })
})

test('Back while signed in returns to the same place', async () => {
  using t = await withFeed()
  await using server = t.listen()
  await using page = await visit(server.url.origin, { token: t.bob.token })
  await page.goto('/')
  await page.evaluate(() => scrollTo(0, 900))
  await page.waitForFunction(() => scrollY === 900)
  await page.goto('/coins')
  await back(page, /\/$/)
  await page.waitForFunction(() => scrollY === 900)
  const entries = await page.evaluate(() => performance.getEntriesByType('navigation').map((entry) => entry.toJSON()))
  expect(entries.map(({ type }) => type)).not.toContain('reload')
})
