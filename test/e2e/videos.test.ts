import { afterAll, beforeAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { type Clip, makeClips } from '../clips'
import { until } from '../until'
import { type Community, type Member, settle } from './community'
import { type Pinhole, startPinhole } from './executable'
import { loaded } from './page-actions'
import { expectQuietConsoles, visit } from './visit'

let pinhole: Pinhole
let place: Community
let clip: (name: Clip) => string

beforeAll(async () => {
  const made = makeClips(['phone.mp4', 'long.mp4', 'old.mov'])
  pinhole = await startPinhole()
  place = await settle(pinhole, { ann: 'Ann', bob: 'Bob', cleo: 'Cleo', dan: 'Dan', eve: 'Eve' })
  clip = await made
  await place.call('/follows/ann', { as: dan(), method: 'PUT', json: {} })
})
afterAll(async () => {
  expect(await pinhole.stop()).toEqual({ status: 0, faults: [] })
})
expectQuietConsoles()

const { ann, bob, cleo, dan, eve, keeper } = {
  ann: () => place.member('ann'),
  bob: () => place.member('bob'),
  cleo: () => place.member('cleo'),
  dan: () => place.member('dan'),
  eve: () => place.member('eve'),
  keeper: () => place.member('keeper'),
}
const as = (member: Member, options: Parameters<typeof visit>[1] = {}) =>
  visit(place.address, { token: member.token, ...options })
const upload = async (member: Member, name: Clip) => place.upload(member, await Bun.file(clip(name)).bytes(), name)

/** Waits until the video plays by itself or has ended. */
async function expectPlaying(video: Locator) {
  const now = () => video.evaluate(({ currentTime, ended }: HTMLVideoElement) => ({ currentTime, ended }))
  const before = await now()
  await until('the video to play', async () => {
    const { currentTime, ended } = await now()
    return ended || currentTime > before.currentTime + 0.1
  })
}
/** Serves a page whose links end while the page is on its way, as those of a page that was open for half a day do. */
const stale = (page: Page, path: string, end: () => Promise<unknown>) =>
  page.route(
    `**${path}`,
    async (route) => {
      const response = await route.fetch()
      await end()
      await route.fulfill({ response })
    },
    { times: 1 },
  )
const markPage = (page: Page) => page.evaluate(() => document.body.setAttribute('data-same', 'page'))
const isSamePage = (page: Page) => page.locator('body[data-same]').count()

test('a paid video plays immediately, survives its deletion for the buyer and is closed to others', async () => {
  await using phone = await as(ann(), { device: 'phone' })
  await phone.goto('/posts/new')
  const film = join(pinhole.folder, 'IMG_0040.MOV')
  await Bun.write(film, Bun.file(clip('old.mov')))
  await phone.getByLabel('Choose photos').setInputFiles(film)
  await phone.locator('.file[data-file] .name').getByText('IMG_0040.MOV').waitFor()
  await phone.getByText('Ask coins for it').tap()
  await phone.getByLabel('Price in coins').fill('30')
  await phone.getByRole('button', { name: 'Share' }).and(phone.locator(':enabled')).click()
  await phone.waitForURL('**/posts/1')
  await phone.getByText(/^Processed \d+ of/).waitFor()
  await phone.locator('.post time').waitFor()
  const annsUrl = (await phone.locator('.post video').getAttribute('src'))!

  await using page = await as(bob(), { device: 'phone' })
  await page.goto('/')
  const preview = page.locator('.locked .real')
  await loaded(preview)
  expect(
    await preview.evaluate((image: HTMLImageElement) => Math.max(image.naturalWidth, image.naturalHeight)),
  ).toBeLessThanOrEqual(32)
  expect(await preview.evaluate((image) => getComputedStyle(image).filter)).toContain('blur')
  await page.getByText('1 video 0:01').waitFor()
  expect(await page.content()).not.toContain('/full/')

  await using desk = await as(keeper())
  await desk.goto('/admin/vouchers')
  await desk.getByLabel('Coins', { exact: true }).fill('50')
  await desk.getByRole('button', { name: 'Create vouchers' }).click()
  const code = (await desk.locator('.voucher code').textContent())!

  await page.getByRole('link', { name: '30 coins short · Go to the wallet' }).click()
  await page.getByText('Redeem a voucher', { exact: true }).click()
  await page.getByLabel('Voucher code').fill(code)
  await page.getByRole('button', { name: 'Redeem' }).click()
  await page.locator('.balance strong').getByText('50').waitFor()

  await page.goto('/posts/1')
  await markPage(page)
  await page.locator('summary', { hasText: 'Unlock · 30 coins' }).click()
  await page.getByRole('button', { name: 'Buy · 30 coins' }).click()
  const video = page.locator('.post video')
  await expectPlaying(video)
  expect([await isSamePage(page), await page.locator('.locked').count()]).toEqual([1, 0])
  const bobsUrl = (await video.getAttribute('src'))!

  await phone.goto('/notifications')
  await phone.getByText(/Bob bought/).waitFor()
  await phone.goto('/coins')
  await phone.locator('.balance strong').getByText('30').waitFor()
  await phone.getByText('Sold a post').waitFor()
  await phone.goto('/posts/1/edit')
  await phone.getByText('Delete post', { exact: true }).click()
  await phone.getByRole('button', { name: 'Delete permanently' }).click()
  await phone.waitForURL('**/users/ann')

  await page.goto('/library')
  await page.locator('.tile').click()
  const kept = page.locator('.post video')
  await kept.click()
  await expectPlaying(kept)
  const bytes = await page.request.get((await kept.getAttribute('src'))!, { headers: { range: 'bytes=0-99' } })
  expect([bytes.status(), (await bytes.body()).length]).toEqual([206, 100])

  await using other = await as(eve(), { expecting: [404] })
  await using visitor = await visit(place.address)
  expect((await other.goto('/posts/1'))?.status()).toBe(404)
  for (const nobody of [other, visitor])
    for (const url of [annsUrl, bobsUrl]) expect((await nobody.request.get(url)).status()).toBe(403)
})

test('a paid video can be bought, kept and played without JavaScript', async () => {
  const id = await place.publish(ann(), [await upload(ann(), 'phone.mp4')], { price: 30 })
  await place.call(`/admin/users/cleo/grants`, { as: keeper(), json: { coins: 30 } })
  await using page = await as(cleo(), { javaScriptEnabled: false })
  await page.goto(`/posts/${id}`)
  await page.getByText('1 video 0:01').waitFor()
  await page.locator('summary', { hasText: 'Unlock · 30 coins' }).click()
  await page.getByRole('button', { name: 'Buy · 30 coins' }).click()
  const video = page.locator('.post video[controls]')
  await video.waitFor()
  expect((await page.request.get((await video.getAttribute('src'))!)).headers()['content-type']).toBe('video/mp4')
  await page.goto('/library')
  expect(await page.locator('.tile').getAttribute('href')).toBe(`/posts/${id}`)
})

const state = (video: Locator) =>
  video.evaluate(({ paused, muted, currentTime }: HTMLVideoElement) => ({
    paused,
    muted,
    seconds: Math.round(currentTime),
  }))
const isPlaying = async (video: Locator) => !(await state(video)).paused

test('the player reacts to keys, plays the sound of only one video and resumes where it was left', async () => {
  const id = await place.publish(ann(), [await upload(ann(), 'long.mp4')])
  const two = await place.publish(ann(), [
    await upload(ann(), 'phone.mp4'),
    await place.paint(ann(), 'sea'),
    await upload(ann(), 'phone.mp4'),
  ])
  await using page = await as(dan())
  await page.goto(`/posts/${id}`)
  const video = page.locator('.post video')
  expect(
    await video.evaluate((each: HTMLVideoElement) => [each.playsInline, each.controls, each.disablePictureInPicture]),
  ).toEqual([true, true, false])
  const poster = await page.request.get((await video.getAttribute('poster'))!)
  expect(poster.headers()['content-type']).toBe('image/webp')
  await video.focus()
  await page.keyboard.press('Space')
  await expectPlaying(video)
  await page.keyboard.press('m')
  await page.keyboard.press('Space')
  expect(await state(video)).toMatchObject({ paused: true, muted: true })
  const before = (await state(video)).seconds
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('m')
  const after = await state(video)
  expect(after).toMatchObject({ paused: true, muted: false })
  expect(after.seconds - before).toBeOneOf([5, 6]) // Chromium seeks a little further
  await page.keyboard.press('f')
  await page.waitForFunction(() => document.fullscreenElement instanceof HTMLVideoElement)
  await page.keyboard.press('f')
  await page.waitForFunction(() => !document.fullscreenElement)

  await page.reload()
  await until('it to be where it was', async () => (await state(video)).seconds === after.seconds)
  expect(await isPlaying(video)).toBe(false)

  await page.goto(`/posts/${two}`)
  const [first, second] = [page.locator('.post video').first(), page.locator('.post video').last()]
  await first.focus()
  await page.keyboard.press('ArrowRight')
  expect(await page.locator('.slides').evaluate(({ scrollLeft }) => scrollLeft)).toBe(0)
  await first.evaluate((each: HTMLVideoElement) => {
    each.loop = true
    return each.play()
  })
  await second.evaluate((each: HTMLVideoElement) => each.play())
  await until('the first video to pause', async () => !(await isPlaying(first)))
})

test('a video whose link was revoked gets a new link and continues where it was', async () => {
  const id = await place.publish(ann(), [await upload(ann(), 'long.mp4')])
  /** Narrower visibility revokes the links for everyone. Followers can get new ones. */
  const narrow = () => place.call(`/posts/${id}`, { as: ann(), method: 'PATCH', json: { visibility: 'followers' } })
  const widen = () => place.call(`/posts/${id}`, { as: ann(), method: 'PATCH', json: { visibility: 'everyone' } })
  await using page = await as(dan(), { expecting: [410] })
  const slow = await page.context().newCDPSession(page)
  await slow.send('Network.enable')
  const line = (downloadThroughput: number) =>
    slow.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput,
      uploadThroughput: -1,
    })
  await line(400_000)
  await page.goto(`/posts/${id}`)
  const video = page.locator('.post video')
  await video.evaluate((each: HTMLVideoElement) => each.play())
  await expectPlaying(video)
  const old = await video.getAttribute('src')
  await narrow()
  expect((await page.request.get(old!)).status()).toBe(410)
  await video.evaluate((each: HTMLVideoElement) => {
    each.currentTime = 17
  })
  await line(-1)
  await until('a new link', async () => (await video.getAttribute('src')) !== old)
  await expectPlaying(video)
  expect((await state(video)).seconds).toBeGreaterThanOrEqual(16)

  await widen()
  await using late = await as(dan(), { expecting: [410] })
  await stale(late, `/posts/${id}`, narrow)
  await late.goto(`/posts/${id}`)
  const waiting = late.locator('.post video')
  await until('a valid link', async () => (await late.request.get((await waiting.getAttribute('src'))!)).ok())
  expect(await isPlaying(waiting)).toBe(false)
  await waiting.evaluate((each: HTMLVideoElement) => each.play())
  await expectPlaying(waiting)
})

test('photos whose links were revoked get new links, in the post and in the viewer', async () => {
  const [big, small] = [
    { width: 2000, height: 1500 },
    { width: 600, height: 450 },
  ]
  const id = await place.publish(ann(), [await place.paint(ann(), 'moss', big), await place.paint(ann(), 'sea', small)])
  await using page = await as(dan(), { expecting: [410], viewport: { width: 1700, height: 900 } })
  const narrow = () => place.call(`/posts/${id}`, { as: ann(), method: 'PATCH', json: { visibility: 'followers' } })
  const widen = () => place.call(`/posts/${id}`, { as: ann(), method: 'PATCH', json: { visibility: 'everyone' } })
  await stale(page, `/posts/${id}`, narrow)
  await page.goto(`/posts/${id}`)
  const isThere = (picture: Locator) =>
    picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0)
  for (const each of await page.locator('.post .real').all()) await until('the photos to load', () => isThere(each))

  await widen()
  await using late = await as(dan(), { expecting: [410], viewport: { width: 1700, height: 900 } })
  await late.goto(`/posts/${id}`)
  await loaded(late.locator('.post .real').first())
  await narrow()
  await late.locator('a[data-photo]').first().click()
  const large = late.locator('#viewer .large')
  for (const each of [large.first(), large.last()]) await until('the large photos to load', () => isThere(each))
})
