import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { fixture } from '../photos'
import { until } from '../until'
import { PASSWORD } from './community'
import { type Pinhole, startPinhole } from './executable'
import { jpeg } from './paint'
import { expectQuietConsoles, visit } from './visit'

let pinhole: Pinhole
beforeAll(async () => {
  pinhole = await startPinhole()
})
afterAll(async () => {
  expect(await pinhole.stop()).toEqual({ status: 0, faults: [] })
})
expectQuietConsoles()

const withoutScripts = (device: 'phone' | 'desktop' = 'desktop') =>
  visit(pinhole.address, { javaScriptEnabled: false, device, expecting: [401, 409, 422] })

async function editPost(page: Page) {
  await page.getByRole('button', { name: 'Options for this post' }).click()
  await page.getByRole('link', { name: 'Options', exact: true }).click()
  await page.getByRole('link', { name: 'Edit post' }).click()
}

async function join(page: Page, name: string, handle: string) {
  await page.getByLabel('Display name').fill(name)
  await page.getByLabel('Handle').fill(handle)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create' }).click()
  await page.waitForURL(`${pinhole.address}/`)
}

test('the whole story works without JavaScript', async () => {
  await using keeper = await withoutScripts()
  await keeper.goto(pinhole.setupUrl)
  await join(keeper, 'Keeper', 'keeper')
  await keeper.goto('/invites')
  await keeper.getByLabel('Number of people who can use it').fill('2')
  await keeper.getByRole('button', { name: 'Create an invitation link' }).click()
  const invitation = await keeper.getByLabel('Invitation link').inputValue()

  await using ann = await withoutScripts()
  await ann.goto(invitation)
  await ann.getByLabel('Display name').fill('Ann Hollis')
  await ann.getByLabel('Handle').fill('keeper')
  await ann.getByLabel('Password').fill(PASSWORD)
  await ann.getByRole('button', { name: 'Create' }).click()
  expect(await ann.getByLabel('Display name').inputValue()).toBe('Ann Hollis')
  expect(await ann.getByLabel('Password').inputValue()).toBe('')
  await join(ann, 'Ann Hollis', 'ann')

  await ann.goto('/posts/new')
  for (const text of [
    '0 makes the post free. A paid post is blurred until someone buys it, and buyers keep it.',
    'Leave it empty to publish at once. You can change the time or publish it earlier.',
  ])
    expect([text, await ann.getByText(text).locator('visible=true').count()]).toEqual([text, 1])
  await ann.getByLabel('Choose photos').setInputFiles([
    { name: 'sea.jpg', mimeType: 'image/jpeg', buffer: await jpeg('sea', { width: 600, height: 750 }) },
    { name: 'IMG_1.HEIC', mimeType: 'image/heic', buffer: Buffer.from(await fixture('upright-p3.heic')) },
  ])
  await ann.getByRole('button', { name: 'Upload' }).click()
  await until('two photos', async () => {
    await ann.goto('/posts/new')
    return (await ann.locator('.file.ready').count()) === 2
  })
  await ann.getByLabel('Caption').fill('x'.repeat(1990))
  await ann.getByLabel('Who can see it').selectOption('My followers')
  await ann.getByRole('button', { name: 'Save the draft' }).click()
  expect(await ann.getByLabel('Caption').inputValue()).toBe('x'.repeat(1990))
  await ann.getByRole('button', { name: 'Share' }).click()
  await ann.waitForURL('**/posts/1')
  expect(await ann.locator('.post a.photo').count()).toBe(2)

  await using bob = await withoutScripts('phone')
  await bob.goto(invitation)
  await join(bob, 'Bob', 'bob')
  expect(await bob.getByText('There are no posts yet.').isVisible()).toBe(true)
  await bob.goto('/users/ann')
  await bob.getByRole('button', { name: 'Follow Ann Hollis' }).click()
  await bob.getByRole('button', { name: 'Unfollow Ann Hollis' }).waitFor()
  await until('the post in the inbox', async () => {
    await bob.goto('/inbox')
    return (await bob.locator('.post').count()) === 1
  })
  const photo = await bob.locator('.post a.photo').first().getAttribute('href')
  const shown = await bob.request.get(photo!)
  expect([shown.status(), shown.headers()['content-type']]).toEqual([200, 'image/webp'])

  await editPost(ann)
  await ann.getByLabel('Caption').fill('Shorter')
  await ann.getByRole('button', { name: 'Save' }).last().click()
  await ann.getByText('Shorter').waitFor()
  await editPost(ann)
  await ann.getByText('Delete post', { exact: true }).click()
  await ann.getByRole('button', { name: 'Delete permanently' }).click()
  await ann.getByText('Your posts will appear here.').waitFor()

  await ann.goto('/users/account')
  await ann.getByRole('button', { name: 'Sign out' }).click()
  await ann.getByLabel('Handle').fill('ann')
  await ann.getByLabel('Password').fill('not my password')
  await ann.getByRole('button', { name: 'Sign in' }).click()
  expect(await ann.getByLabel('Handle').inputValue()).toBe('ann')
  expect(await ann.getByRole('alert').isVisible()).toBe(true)
})
