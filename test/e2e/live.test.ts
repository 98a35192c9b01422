import { expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { setProgress } from '../../src/files/processed'
import { market } from '../market'
import { expectQuietConsoles, visit } from './visit'

expectQuietConsoles()

/** Waits until the page listens for events, so that it receives everything that happens afterwards. */
const listening = (page: Page) => page.waitForResponse((answer) => answer.url().includes('/events'))

test('open pages show what happens elsewhere: new posts, counts, coins and unlocked posts', async () => {
  using t = await market()
  await using server = t.listen()
  for (let i = 0; i < 3; i++) await t.post(t.ann, { caption: `Walk ${i}` })
  t.pass(1000)
  await t.api(t.bob, 'PUT /follows/ann')
  await t.runJobs()
  await using one = await visit(server.url.origin, { token: t.bob.token })
  await Promise.all([listening(one), one.goto('/')])
  const two = await one.context().newPage()
  await Promise.all([listening(two), two.goto('/')])

  await one.evaluate(() => scrollTo(0, 200))
  const before = await one.locator('.post').first().boundingBox()
  const post = await t.post(t.ann, { caption: 'For sale', price: 30 })
  await t.runJobs()
  await one.getByRole('link', { name: '1 new post' }).waitFor()
  expect(await one.locator('.post').first().boundingBox()).toEqual(before) // no post moved
  await one.getByRole('link', { name: 'Inbox' }).getByText('1 new').waitFor({ state: 'attached' })
  await two.getByRole('link', { name: '1 new post' }).click()
  await one.getByRole('link', { name: '1 new post' }).click()
  await two.getByText('30 coins short').waitFor()

  await t.grant(t.bob, 100)
  await one.locator('summary', { hasText: 'Unlock · 30 coins' }).click()
  await one.getByRole('button', { name: 'Buy · 30 coins' }).click()
  await two.locator(`#post-${post.id} a.photo`).waitFor()
  await one.locator(`#post-${post.id} a.photo`).waitFor()
  await two.goto('/coins')
  await two.getByText('70', { exact: true }).first().waitFor()
  await t.grant(t.bob, 5)
  await two.getByText('75', { exact: true }).first().waitFor()
  await Promise.all([listening(one), one.goto('/notifications')])
  await t.api(t.eve, 'PUT /follows/bob')
  await one.getByRole('link', { name: '1 new notification', exact: true }).click()
  await one.getByText('eve started following you.').waitFor()
})

test('a tile shows progress and then the picture, even if another process finished the file', async () => {
  using t = await market()
  await using server = t.listen()
  const id = await t.photo(t.ann)
  using other = t.openDatabase()
  other.run(`update files set status = 'processing', progress = 0 where id = ${id}`)
  await using page = await visit(server.url.origin, { token: t.ann.token })
  await Promise.all([listening(page), page.goto('/posts/new')])
  const bar = page.locator(`#file-${id} progress`)
  await t.app.write((tx) => setProgress(tx, id, 0.4))
  await page.waitForFunction(
    (id) => document.querySelector<HTMLProgressElement>(`#file-${id} progress`)?.value === 0.4,
    id,
  )
  other.run(`update files set status = 'ready', progress = 1 where id = ${id}`) // by another process
  await bar.waitFor({ state: 'detached' })
})
