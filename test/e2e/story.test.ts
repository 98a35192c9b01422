import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { moving } from '../browser'
import { fixture } from '../photos'
import { until } from '../until'
import { PASSWORD } from './community'
import { type Pinhole, startPinhole } from './executable'
import { colourAt, drop, type FileToGive, loaded, slowUploads, swipe } from './page-actions'
import { paint } from './paint'
import { expectQuietConsoles, visit } from './visit'

let pinhole: Pinhole
const invitations: string[] = []
let ann: Page
let bob: Page

beforeAll(async () => {
  pinhole = await startPinhole()
})
afterAll(async () => {
  for (const page of [ann, bob]) await page?.[Symbol.asyncDispose]()
  expect(await pinhole.stop()).toEqual({ status: 0, faults: [] })
})
expectQuietConsoles()

async function join(page: Page, name: string, handle: string) {
  await page.getByLabel('Display name').fill(name)
  await page.getByLabel('Handle').fill(handle)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create' }).click()
  await page.getByText('There are no posts yet.').or(page.locator('.post')).first().waitFor()
}

test('the printed link creates an administrator, who creates two invites', async () => {
  await using page = await visit(pinhole.address, moving)
  await page.goto(pinhole.setupUrl)
  await join(page, 'Keeper', 'keeper')
  await page.getByRole('link', { name: 'Account' }).click()
  await page.getByRole('link', { name: 'Invitations' }).click()
  for (const count of [1, 2]) {
    await page.getByRole('button', { name: 'Create an invitation link' }).click()
    await until(`${count} invitations`, async () => (await page.getByLabel('Invitation link').count()) === count)
  }
  for (const input of await page.getByLabel('Invitation link').all()) invitations.push(await input.inputValue())
  expect(new Set(invitations).size).toBe(2)

  await using late = await visit(pinhole.address, { ...moving, expecting: [410] })
  await late.goto(pinhole.setupUrl)
  await late.getByRole('heading', { name: 'No longer available' }).waitFor()
})

/** A photo that takes a while to process and is stored sideways, with the rotation in its metadata. */
async function fromACamera(): Promise<FileToGive> {
  const upright = await paint('dunes', { width: 1000, height: 1500 }).png().toBuffer()
  const large = sharp(upright).rotate(-90).resize(4800, 3200).withMetadata({ orientation: 6 })
  return { name: 'IMG_0002.JPG', mimeType: 'image/jpeg', buffer: await large.jpeg({ quality: 80 }).toBuffer() }
}

test('Ann joins, drops three photos, writes a caption while they upload, and publishes', async () => {
  const [camera, heic, plain] = [
    await fromACamera(),
    await fixture('rotated-p3.heic'),
    await paint('sea').jpeg().toBuffer(),
  ]
  ann = await visit(pinhole.address, moving)
  await ann.goto(invitations[0]!)
  await join(ann, 'Ann Hollis', 'ann')
  await ann.getByRole('link', { name: 'New post' }).click()
  const hurry = await slowUploads(ann, 100)
  const publish = ann.getByRole('button', { name: 'Share' })
  expect(await publish.isDisabled()).toBe(true)
  await drop(ann, [
    camera,
    { name: 'IMG_0001.HEIC', mimeType: 'image/heic', buffer: Buffer.from(heic) },
    { name: 'sea.jpg', mimeType: 'image/jpeg', buffer: plain },
  ])
  await ann.waitForFunction(() =>
    [...document.querySelectorAll<HTMLProgressElement>('.file progress')].some(({ value }) => value > 0 && value < 1),
  )
  expect(await ann.locator('.file').count()).toBe(3)
  await ann.getByLabel('Caption').fill('Three evenings on the road')
  await publish.click()
  await ann.getByText('This will be shared when everything is uploaded.').waitFor()
  await hurry()
  await ann.waitForURL('**/posts/1')
  await ann.getByText(/^Processed \d+ of/).waitFor()
  await ann.evaluate(() => document.body.setAttribute('data-same', 'page'))
  await ann.locator('.post time').waitFor()
  expect(await ann.locator('body').getAttribute('data-same')).toBe('page')
  expect(await ann.getByText(/^Processed \d+ of/).count()).toBe(0)
  expect(await ann.locator('.post a.photo').count()).toBe(3)

  const first = ann.locator('.post .real').first()
  await loaded(first)
  const [sky, sand] = [await colourAt(first, 0.5, 0.05), await colourAt(first, 0.5, 0.97)]
  expect([sky.blue > sky.red, sand.red > sand.blue]).toEqual([true, true])
  const { width, height } = (await first.boundingBox())!
  expect(height).toBeGreaterThan(width)
})

test('Bob joins, follows Ann, and finds the post in his inbox and on the main page', async () => {
  bob = await visit(pinhole.address, { ...moving, device: 'phone' })
  await bob.goto(invitations[1]!)
  await join(bob, 'Bob', 'bob')
  expect(await bob.locator('.post').count()).toBe(1)
  await bob.locator('.post').getByRole('link', { name: 'Ann Hollis', exact: true }).click()
  await bob.getByRole('button', { name: 'Follow Ann Hollis' }).click()
  await bob.getByRole('button', { name: 'Unfollow Ann Hollis' }).waitFor()
  await until('the post in the inbox', async () => {
    await bob.goto('/inbox')
    return (await bob.getByText('Three evenings on the road').count()) === 1
  })
})

test('Bob views the post on his phone, full screen, by touch and by key', async () => {
  await bob.locator('.post a[data-open]').click()
  await bob.waitForURL('**/posts/1')
  await bob.locator('a[data-photo]').first().click()
  const viewer = bob.getByRole('dialog', { name: 'Photo viewer' })
  /** Waits until the viewer has stopped at this picture. */
  const at = async (place: string) => {
    await viewer.getByText(place, { exact: true }).waitFor()
    await bob.waitForFunction(
      (left) => document.querySelector('.stage')?.scrollLeft === left,
      (Number(place[0]) - 1) * 390,
    )
  }
  await at('1 / 3')
  expect(await viewer.evaluate((dialog) => [dialog.clientWidth, dialog.clientHeight])).toEqual([390, 844])
  await loaded(viewer.locator('.large').first())
  await swipe(bob, viewer, -250)
  await at('2 / 3')
  await bob.keyboard.press('ArrowRight')
  await at('3 / 3')
  await swipe(bob, viewer, 250)
  await at('2 / 3')
  await bob.keyboard.press('Escape')
  await viewer.waitFor({ state: 'hidden' })
  expect(new URL(bob.url()).pathname).toBe('/posts/1')
})

test('visitors without an account see the sign-in page at every address', async () => {
  await using page = await visit(pinhole.address, moving)
  for (const path of ['/', '/posts/1', '/users/ann', '/inbox', '/admin']) {
    await page.goto(path)
    expect([path, new URL(page.url()).pathname]).toEqual([path, '/sessions/new'])
    expect(await page.getByRole('button', { name: 'Sign in' }).isVisible()).toBe(true)
  }
  const photo = await ann.locator('.post .real').first().getAttribute('src')
  expect((await page.request.get(photo!)).status()).toBe(403)
})
