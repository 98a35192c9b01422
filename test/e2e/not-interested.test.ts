import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { wholeChromium } from '../browser'
import { partOf } from '../part'
import { until } from '../until'
import { type Community, settle } from './community'
import { type Pinhole, startPinhole } from './executable'
import { expectQuietConsoles, untilPagesAreKept, visit } from './visit'

let pinhole: Pinhole
let place: Community
let dull: number
const size = { width: 480, height: 600 }
const SAID = 'You will no longer be shown this post.'

beforeAll(async () => {
  pinhole = await startPinhole({ PINHOLE_RATE_LIMITS: 'off' })
  place = await settle(pinhole, { ann: 'Ann Hollis', bob: 'Bob' })
  const [ann, bob] = [place.member('ann'), place.member('bob')]
  await place.call('/follows/ann', { as: bob, method: 'PUT' })
  await place.publish(ann, [await place.paint(ann, 'dawn', size)], { caption: 'Before #walk' })
  dull = await place.publish(ann, [await place.paint(ann, 'bowls', size)], { caption: 'Bowls #walk' })
  await place.publish(ann, [await place.paint(ann, 'moss', size)], { caption: 'After #walk' })
  await until('the inbox', async () => (await place.call('/inbox', { as: bob })).items.length === 3)
})
afterAll(async () => {
  expect(await pinhole.stop()).toEqual({ status: 0, faults: [] })
})
expectQuietConsoles()

/** Opens a page as Bob, to whom every post is shown again. */
async function asBob(options: Parameters<typeof visit>[1] = {}) {
  const bob = place.member('bob')
  await place.call(`/muted-posts/${dull}`, { as: bob, method: 'DELETE' })
  await place.call('/mutes/ann', { as: bob, method: 'DELETE' })
  return visit(place.address, { token: bob.token, ...options })
}

const post = (page: Page) => page.locator(`#post-${dull}`)
const openMenu = (page: Page) => post(page).getByRole('button', { name: 'Options for this post' })
const item = (page: Page) => post(page).getByRole('button', { name: 'Not interested' })
const undo = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true })
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim())

for (const list of ['/', '/inbox'])
  test(`on ${list} a row stands in for the post at once, by touch, and brings it back`, async () => {
    await using page = await asBob({ device: 'phone' })
    await page.goto(list)
    await openMenu(page).tap()
    await item(page).tap()
    await page.getByText(SAID).waitFor()
    expect(await page.locator('.post').count()).toBe(2)
    for (const button of await page.locator('.muted-post button').all())
      expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(44)
    await undo(page).tap()
    await post(page).waitFor()
    expect([await page.getByText(SAID).count(), await page.locator('.post').count()]).toEqual([0, 3])
    await openMenu(page).tap() // works as before
    await item(page).tap()
    await page.getByText(SAID).waitFor()
    await page.reload()
    await page.locator('.post').first().waitFor()
    expect([await page.getByText(SAID).count(), await page.locator('.post').count()]).toEqual([0, 2])
  })

test('by keyboard, the focus is on Undo, and then on the menu of the post that is back', async () => {
  await using page = await asBob()
  await page.goto('/')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await openMenu(page).focus()
  await page.keyboard.press('Enter')
  await item(page).waitFor()
  while ((await focused(page)) !== 'Not interested') await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText(SAID).waitFor()
  expect(await focused(page)).toBe('Undo')
  await page.keyboard.press('j')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Before #walk')
  await page.keyboard.press('k')
  expect(await page.evaluate(() => document.activeElement?.className)).toBe('muted-post')
  await undo(page).press('Enter')
  await post(page).waitFor()
  expect(await openMenu(page).evaluate((button) => button === document.activeElement)).toBe(true)
})

test('the row also mutes the author, in place', async () => {
  await using page = await asBob()
  await page.goto('/')
  await openMenu(page).click()
  await item(page).click()
  await page.getByRole('button', { name: 'Mute @ann' }).click()
  await page.getByRole('button', { name: 'Unmute Ann Hollis' }).waitFor()
  await page.reload()
  await page.getByText('There are no posts yet.').waitFor()
})

const whenBack = (list: string, kept: boolean) =>
  `a post that was muted on its own page is gone from ${list} on the way back${kept ? ', from the back-forward cache' : ''}`
const LISTS = ['/', '/inbox', '/explore', '/tags/walk', '/search?q=walk']
const WAYS_BACK = LISTS.flatMap((list) => [[list, false] as const, [list, true] as const])

// The second browser is installed or named by CHROMIUM; see `wholeChromium`.
for (const [list, backForwardCache] of partOf(WAYS_BACK, 5))
  test.skipIf(backForwardCache && !wholeChromium)(whenBack(list, backForwardCache), async () => {
    await using page = await asBob({ backForwardCache })
    if (backForwardCache) await untilPagesAreKept(page)
    await page.goto(list)
    await page.locator(`[data-post="${dull}"]`).waitFor()
    await page.goto(`/posts/${dull}`)
    await page.getByRole('textbox', { name: 'Your comment' }).waitFor()
    await openMenu(page).click()
    await item(page).click()
    await page.getByText(SAID).waitFor()
    expect(await page.getByRole('textbox', { name: 'Your comment' }).isVisible()).toBe(false)
    await page.goBack({ waitUntil: 'commit' })
    await page.waitForFunction(
      (id) => document.querySelector('[data-post]') && !document.querySelector(`[data-post="${id}"]`),
      dull,
    )
    await page.goto(`/posts/${dull}`)
    await openMenu(page).click()
    const takeBack = post(page).getByRole('button', { name: 'Undo “Not interested”' })
    await takeBack.click()
    await takeBack.waitFor({ state: 'hidden' }) // with its menu, when the post is shown anew
    await openMenu(page).click()
    await item(page).waitFor()
    expect(await page.getByRole('textbox', { name: 'Your comment' }).isVisible()).toBe(true)
  })

test('the list of such posts brings them back', async () => {
  await using page = await asBob()
  await place.call(`/muted-posts/${dull}`, { as: place.member('bob'), method: 'PUT' })
  await page.goto('/users/account/privacy')
  await page.getByRole('link', { name: 'Not interested' }).click()
  await page.getByRole('link', { name: 'Bowls #walk' }).waitFor()
  await undo(page).click()
  await page.getByRole('link', { name: 'Bowls #walk' }).waitFor({ state: 'detached' })
  await page.goto('/')
  await post(page).waitFor()
})

test('in Korean', async () => {
  await using page = await asBob({ locale: 'ko', device: 'phone' })
  await page.goto('/')
  await post(page).getByRole('button', { name: '이 게시물 메뉴' }).tap()
  await post(page).getByRole('button', { name: '관심 없음' }).tap()
  await page.getByText('앞으로 이 게시물을 보여 드리지 않을게요.').waitFor()
  await page.getByRole('button', { name: '@ann 님 소식 숨기기' }).waitFor()
  await page.getByRole('button', { name: '실행 취소' }).tap()
  await post(page).waitFor()
})

test('without JavaScript, a page says so and offers the same', async () => {
  await using page = await asBob({ javaScriptEnabled: false })
  const choose = async () => {
    await page.goto(`/posts/${dull}/menu`)
    await page.getByRole('button', { name: 'Not interested' }).click()
    await page.getByText(SAID).waitFor()
  }
  await choose()
  await page.goto('/')
  expect(await page.locator('.post').count()).toBe(2)
  await page.goBack()
  await undo(page).click()
  await page.waitForURL(`**/posts/${dull}`)
  await page.goto('/')
  expect(await page.locator('.post').count()).toBe(3)
  await choose()
  await page.getByRole('button', { name: 'Mute @ann' }).click()
  await page.waitForURL('**/users/ann')
  await page.goto('/')
  expect(await page.locator('.post').count()).toBe(0)
})
