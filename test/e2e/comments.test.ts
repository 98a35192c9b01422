import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Locator, Page } from 'playwright-core'
import { moving } from '../browser'
import { type Community, settle } from './community'
import { type Pinhole, startPinhole } from './executable'
import { expectQuietConsoles, visit } from './visit'

let pinhole: Pinhole
let place: Community
let post: number

beforeAll(async () => {
  pinhole = await startPinhole({ PINHOLE_RATE_LIMITS: 'off' })
  place = await settle(pinhole, { ann: 'Ann Hollis', bob: 'Bob' })
  const ann = place.member('ann')
  post = await place.publish(ann, [await place.paint(ann, 'dawn', { width: 480, height: 600 })])
})
afterAll(async () => {
  expect(await pinhole.stop()).toEqual({ status: 0, faults: [] })
})
expectQuietConsoles()

const as = (handle: string, options: Parameters<typeof visit>[1] = {}) =>
  visit(place.address, { token: place.member(handle).token, ...moving, ...options })
const like = (page: Page) => page.getByRole('button', { name: /^Like/ })
const tapTwice = async (media: Locator) => {
  await media.tap()
  await media.tap()
}

test('a double tap only likes the post, and a single tap opens the photo', async () => {
  await using page = await as('bob', { device: 'phone' })
  await page.goto('/')
  const photo = page.locator('.post a.photo')
  await tapTwice(photo)
  await page.locator('.like .on').waitFor()
  expect(await page.locator('dialog[open]').count()).toBe(0)
  await page.locator('.liked-now').waitFor({ state: 'detached' })
  await tapTwice(photo) // the post is already liked
  await page.waitForTimeout(400)
  expect([
    await like(page).getAttribute('aria-pressed'),
    (await place.call(`/posts/${post}`, { as: place.member('bob') })).likes,
  ]).toEqual(['true', 1])
  await photo.tap()
  await page.locator('dialog[open] .large').waitFor()
})

test('the key l likes a post and takes the like back, and the focus stays where it was', async () => {
  await using page = await as('ann')
  await page.goto('/')
  const on = page.locator('.like .on')
  await page.keyboard.press('j')
  await page.keyboard.press('l')
  await on.waitFor()
  await page.keyboard.press('l')
  await on.waitFor({ state: 'detached' })
  await like(page).focus()
  await page.keyboard.press('Enter')
  await on.waitFor()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe(`like-${post}`)
})

test('a comment is written, answered, edited and deleted in place, and the count follows', async () => {
  await using page = await as('bob')
  await page.goto(`/posts/${post}`)
  const said = page.locator('#comments')
  const number = page.locator(`#comments-${post}`)
  await said.getByText('No comments yet. Write the first one.').waitFor()
  await page.getByLabel('Your comment').fill('What light, @ann!')
  await page.getByRole('button', { name: 'Send' }).click()
  const comment = said.locator('.comment').first()
  await comment.getByText('What light, @ann!').waitFor()
  expect([await page.getByLabel('Your comment').inputValue(), await number.innerText()]).toEqual(['', '1'])
  await said.getByText('Reply', { exact: true }).click()
  await page.getByLabel('Your reply').fill('I answer myself.')
  await page.getByLabel('Your reply').press('Control+Enter')
  await said.locator('.answers').getByText('I answer myself.').waitFor()
  expect(await number.innerText()).toBe('2')

  await comment.getByRole('button', { name: /Options for/ }).click()
  await page.getByRole('link', { name: 'Edit comment' }).click()
  await page.locator('.editing textarea').fill('What a light, @ann!')
  await page.getByRole('button', { name: 'Save' }).click()
  const edited = comment.getByText('edited')
  const when = comment.locator('.edited-when time')
  await edited.waitFor()
  expect(await when.isVisible()).toBe(false)
  await edited.press('Enter')
  await when.waitFor()
  expect(await when.innerText()).toBe((await edited.getAttribute('title'))!)
  await comment.getByRole('button', { name: /Options for/ }).click()
  await page.getByRole('button', { name: 'Delete comment' }).click()
  await said.getByText('This comment is no longer available.').waitFor()
  expect([await number.innerText(), await said.locator('.comment').count()]).toEqual(['1', 1])
})

test('a bookmark leads back to the post', async () => {
  await using page = await as('bob')
  await page.goto('/')
  await page.getByRole('button', { name: 'Bookmark' }).click()
  await page.locator('.bookmark .on').waitFor()
  await page.goto('/users/account')
  await page.getByRole('link', { name: 'Bookmarks' }).click()
  await page.locator('a.tile').click()
  await page.waitForURL(`**/posts/${post}`)
})
