import { afterAll, beforeAll, expect, test } from 'bun:test'
import { until } from '../until'
import { type Community, settle } from './community'
import { type Pinhole, startPinhole } from './executable'
import { expectQuietConsoles, visit } from './visit'

let pinhole: Pinhole
let place: Community

beforeAll(async () => {
  pinhole = await startPinhole({ PINHOLE_RATE_LIMITS: 'off' })
  place = await settle(pinhole, { ann: 'Ann', bob: 'Bob' })
  const [ann, bob] = [place.member('ann'), place.member('bob')]
  await place.call('/follows/ann', { as: bob, method: 'PUT' })
  for (let n = 0; n < 24; n++)
    await place.publish(ann, [await place.paint(ann, 'sea', { width: 240, height: 300 })], { caption: `Number ${n}` })
})
afterAll(async () => {
  expect(await pinhole.stop()).toEqual({ status: 0, faults: [] })
})
expectQuietConsoles()

test('going back finds the place in a list, also far down and when the browser has not kept the page', async () => {
  await using page = await visit(place.address, { token: place.member('bob').token, device: 'phone' })
  await page.goto('/')
  const post = page.locator('.post', { hasText: 'Number 1' }).last() // on the second page of the list
  await until('the second page', async () => {
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    return (await page.locator('.post').count()) > 20
  })
  await post.scrollIntoViewIfNeeded()
  const before = (await post.boundingBox())!.y
  await post.locator('a.when').tap()
  await page.waitForURL('**/posts/*')
  await page.goBack()
  await until('the place', async () => Math.abs(((await post.boundingBox())?.y ?? 9999) - before) < 4)
})

test('a double tap in the viewer zooms in and stays there, and the next one zooms out', async () => {
  await using page = await visit(place.address, { token: place.member('bob').token, device: 'phone' })
  await page.goto('/posts/1')
  await page.locator('a[data-photo]').tap()
  const large = page.locator('#viewer .large')
  await large.waitFor()
  await page.waitForTimeout(400) // longer than a double tap, so that the tap that opened the viewer does not count
  const zoomed = () => page.locator('#viewer .stage.zoomed').count()
  const doubleTap = async () => {
    for (let n = 0; n < 2; n++) await page.touchscreen.tap(195, 400)
    await large.dispatchEvent('dblclick', { clientX: 195, clientY: 400 }) // as browsers add it, without a pointer type
  }
  await doubleTap()
  expect(await zoomed()).toBe(1)
  await page.waitForTimeout(400)
  await doubleTap()
  expect(await zoomed()).toBe(0)
})

test('a panorama opens at the full height of the screen and is panned, and a list shows it higher than it would fit', async () => {
  const ann = place.member('ann')
  const wide = await place.publish(ann, [await place.paint(ann, 'dunes', { width: 1200, height: 300 })])
  await using page = await visit(place.address, { token: place.member('bob').token, device: 'phone' })
  await page.goto(`/posts/${wide}`)
  const { height } = (await page.locator('.panorama .real').boundingBox())!
  expect(height).toBeGreaterThan(150) // as a whole it would be 98 px high
  await page.locator('a[data-photo]').tap()
  const large = page.locator('#viewer .large')
  await large.waitFor()
  const placeNow = () => large.evaluate((image) => new DOMMatrix(getComputedStyle(image).transform))
  await until('the full height', async () => (await placeNow()).a > 5)
  const before = (await placeNow()).e
  await page.mouse.move(300, 400)
  await page.mouse.down()
  await page.mouse.move(100, 400, { steps: 4 })
  await page.mouse.up()
  expect((await placeNow()).e).toBeLessThan(before - 100)
})

test('posts of the inbox are read by looking at them, and blocking somebody asks first', async () => {
  const bob = place.member('bob')
  await using page = await visit(place.address, { token: bob.token })
  await page.goto('/inbox')
  const unread = async () => (await place.call('/inbox', { as: bob })).unread as number
  const before = await unread()
  await until('the first posts to be read', async () => (await unread()) < before)
  expect(await unread()).toBeGreaterThan(0)

  await page.goto('/users/ann')
  await page.getByRole('button', { name: 'Options for Ann' }).click()
  await page.getByText('Block', { exact: true }).click()
  expect((await place.call('/users/ann', { as: bob })).viewer.blocked).toBe(false)
  const block = page.getByRole('button', { name: 'Block Ann' })
  await block.waitFor()
  const [ink, ground] = await block.evaluate((button) => {
    const { color, backgroundColor } = getComputedStyle(button)
    return [color, backgroundColor]
  })
  expect(ink).not.toBe(ground)
  await block.click()
  await until('the block', async () => (await place.call('/users/ann', { as: bob })).viewer.blocked)
})
