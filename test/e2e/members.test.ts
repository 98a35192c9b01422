import { Database } from 'bun:sqlite'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { moving } from '../browser'
import { until } from '../until'
import { axeFindings, bringAxe } from './axe'
import { type Community, PASSWORD, settle } from './community'
import { type Pinhole, startPinhole } from './executable'
import { colourAt, loaded } from './page-actions'
import { jpeg } from './paint'
import { expectQuietConsoles, visit } from './visit'

let pinhole: Pinhole
let place: Community
let post: number
const size = { width: 480, height: 600 }

beforeAll(async () => {
  pinhole = await startPinhole({ PINHOLE_RATE_LIMITS: 'off' })
  place = await settle(pinhole, { ann: 'Ann Hollis', bob: 'Bob', cleo: 'Cleo' })
  const ann = place.member('ann')
  const album = [
    await place.paint(ann, 'dawn', size),
    await place.paint(ann, 'sea', size),
    await place.paint(ann, 'city', size),
  ]
  post = await place.publish(ann, album, { caption: 'A long walk, told at length. '.repeat(20) })
  await place.publish(ann, [await place.paint(ann, 'bowls', size)], { sensitive: true })
  await place.publish(ann, [await place.paint(ann, 'moss', size)], { caption: 'The newest' })
})
afterAll(async () => {
  expect(await pinhole.stop()).toEqual({ status: 0, faults: [] })
})
expectQuietConsoles()

const as = (handle: string, options: Parameters<typeof visit>[1] = {}) =>
  visit(place.address, { token: place.member(handle).token, ...moving, ...options })

test('signing in leads to the requested page, and a wrong password keeps the handle', async () => {
  await using page = await visit(place.address, { ...moving, expecting: [401, 422] })
  await page.goto(`/posts/${post}`)
  await page.getByLabel('Handle').fill('bob')
  await page.getByLabel('Password').fill('not my password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').waitFor()
  expect(await page.getByLabel('Handle').inputValue()).toBe('bob')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`**/posts/${post}`)
})

for (const javaScriptEnabled of [true, false])
  test(`a visitor closes an announcement for everyone and goes on signing in${javaScriptEnabled ? '' : ', also without JavaScript'}`, async () => {
    const text = `The darkroom is closed on Friday${javaScriptEnabled ? '.' : ' and on Saturday.'}`
    const announce = (json: object) =>
      place.call('/admin/settings', { as: place.member('keeper'), method: 'PATCH', json })
    await announce({ announcement: text, announcementFor: 'everyone' })
    await using page = await visit(place.address, { device: 'phone', javaScriptEnabled })
    if (javaScriptEnabled) await bringAxe(page)
    await page.goto(`/posts/${post}`)
    const announcement = page.getByRole('complementary', { name: 'Announcement' })
    expect(await announcement.getByText(text).isVisible()).toBe(true)
    if (javaScriptEnabled) expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'Close the announcement' }).tap()
    await announcement.waitFor({ state: 'detached' })
    await page.getByLabel('Handle').fill('bob')
    await page.getByLabel('Password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).tap()
    await page.waitForURL(`**/posts/${post}`)
    expect(await announcement.count()).toBe(0)
    await announce({ announcement: null, announcementFor: null })
  })

test('keys lead from post to post, into a post and back to the same place', async () => {
  await using page = await as('bob')
  await page.goto('/')
  const at = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.post)
  const walked: (string | undefined)[] = []
  for (const key of ['j', 'j', 'j', 'k', 'j']) {
    await page.keyboard.press(key)
    walked.push(await at())
  }
  expect(walked).toEqual(['3', '2', '1', '2', '1'])
  await page.keyboard.press('o')
  await page.waitForURL(`**/posts/${post}`)
  await page.goBack()
  await page.locator('.post').first().waitFor()
  await page.goForward()
  await page.waitForURL(`**/posts/${post}`)
})

test('the viewer follows quick key presses, and going back closes it', async () => {
  await using page = await as('bob')
  await page.goto(`/posts/${post}`)
  await page.locator('a[data-photo]').first().click()
  const viewer = page.getByRole('dialog')
  const at = (where: string) => viewer.getByText(where, { exact: true }).waitFor()
  await at('1 / 3')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await at('3 / 3')
  await page.keyboard.press('ArrowLeft')
  await at('2 / 3')
  await viewer.locator('figure').nth(1).dblclick()
  await page.waitForFunction(() => document.querySelector('.stage')?.classList.contains('zoomed'))
  await page.keyboard.press('Escape')
  await viewer.waitFor({ state: 'hidden' })
  await page.locator('a[data-photo]').nth(1).click()
  await viewer.waitFor()
  await page.goBack()
  await viewer.waitFor({ state: 'hidden' })
  expect(new URL(page.url()).pathname).toBe(`/posts/${post}`)
})

test('albums react to keys, long captions expand and sensitive photos stay covered until asked for', async () => {
  await using page = await as('bob')
  await page.goto('/')
  const album = page.locator(`#post-${post}`)
  await album.locator('.slides').press('ArrowRight')
  await page.waitForFunction(
    (id) => document.querySelectorAll(`#post-${id} .dots i`)[1]?.classList.contains('on'),
    post,
  )
  const caption = album.locator('.caption')
  const before = (await caption.boundingBox())!.height
  await album.getByRole('button', { name: 'more', exact: true }).click()
  expect((await caption.boundingBox())!.height).toBeGreaterThan(before)
  const cover = page.locator('.cover')
  const covers = () =>
    cover.evaluate((element) => {
      const box = element.closest('.media')!.getBoundingClientRect()
      return element.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2))
    })
  await cover.scrollIntoViewIfNeeded()
  expect(await covers()).toBe(true)
  await page.getByText('This post is marked as sensitive. Show it anyway?').click()
  expect(await covers()).toBe(false)
})

test('what the menu of a post cannot do is said above the menu, and the page stays', async () => {
  const cleo = place.member('cleo')
  const posts: number[] = []
  for (let at = 0; at < 4; at++) posts.push(await place.publish(cleo, [await place.paint(cleo, 'moss', size)]))
  for (const id of posts.slice(0, 3)) await place.call(`/posts/${id}/pin`, { as: cleo, method: 'PUT' })
  await using page = await as('cleo', { device: 'phone', expecting: [409] })
  await page.goto(`/posts/${posts[3]}`)
  await page.getByRole('button', { name: 'Options for this post' }).tap()
  await page.getByRole('button', { name: 'Pin to my profile' }).tap()
  const said = page.getByText('You can pin three posts. Unpin another one first.')
  await said.waitFor()
  const isOnTop = await said.evaluate((line) => line.closest('#toasts')!.matches(':popover-open'))
  expect([isOnTop, new URL(page.url()).pathname]).toEqual([true, `/posts/${posts[3]}`])
  await page.keyboard.press('Escape')
  await place.call(`/posts/${posts[0]}/pin`, { as: cleo, method: 'DELETE' })
  await page.getByRole('button', { name: 'Options for this post' }).tap()
  await page.getByRole('button', { name: 'Pin to my profile' }).tap()
  await page.waitForURL('**/users/cleo')
})

test('unfollowing and muting by the menu of a post keep the place, and the menu then offers the opposite', async () => {
  const [cleo, bob] = [place.member('cleo'), place.member('bob')]
  const id = await place.publish(cleo, [await place.paint(cleo, 'moss', size)])
  await place.call('/follows/cleo', { as: bob, method: 'PUT' })
  await using page = await as('bob', { device: 'phone' })
  await page.goto('/')
  const options = page.locator(`#post-${id}`).getByRole('button', { name: 'Options for this post' })
  const row = (name: string) => page.locator(`#post-menu-${id}`).getByRole('button', { name, exact: true })
  const steps = [
    ['Unfollow', 'You no longer follow Cleo'],
    ['Mute', 'You have muted Cleo'],
    ['Unmute', 'You have unmuted Cleo'],
  ] as const
  for (const [name, said] of steps) {
    await options.tap()
    await row(name).tap()
    await page.locator('#toasts').getByText(said).waitFor()
    await row(name).waitFor({ state: 'hidden' })
  }
  await options.tap()
  await row('Mute').waitFor()
  expect([await row('Unfollow').count(), new URL(page.url()).pathname]).toEqual([0, '/'])
})

test('nothing moves for people who prefer reduced motion', async () => {
  await using page = await as('bob', { reducedMotion: 'reduce' })
  await page.goto(`/posts/${post}`)
  await page.locator('a[data-photo]').first().click()
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('ArrowRight')
  const [left, width, animations] = await page.evaluate(() => {
    const stage = document.querySelector('.stage')!
    return [
      stage.scrollLeft,
      stage.clientWidth,
      document.getAnimations().filter(({ playState }) => playState === 'running').length,
    ]
  })
  expect([left, animations]).toEqual([width!, 0])
})

test('new posts are counted, listed above "Earlier" and marked as read', async () => {
  const [ann, cleo] = [place.member('ann'), place.member('cleo')]
  await place.call('/follows/ann', { as: cleo, method: 'PUT' })
  await until('the back-fill', async () => (await place.call('/inbox', { as: cleo })).items.length === 3)
  const fresh = await place.publish(ann, [await place.paint(ann, 'dunes', size)], { caption: 'Just now' })
  await until('the delivery', async () => (await place.call('/inbox', { as: cleo })).unread === 1)
  await using page = await as('cleo')
  await page.goto('/')
  await page.getByRole('link', { name: 'Inbox' }).getByText('1 new').waitFor({ state: 'attached' })
  await page.getByRole('link', { name: 'Inbox' }).click()
  const order = await page
    .locator('.feed > *')
    .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.post ?? each.textContent))
  expect(order.slice(0, 2)).toEqual([String(fresh), 'Earlier'])
  await page.getByRole('button', { name: 'Mark all as read' }).click()
  await until('nothing unread', async () => (await place.call('/inbox', { as: cleo })).unread === 0)
  await page.goto('/notifications')
  await page.getByText('Ann Hollis posted something new.').first().click()
  await page.waitForURL(`**/posts/${fresh}`)
})

test('the account form keeps the input after a mistake, and a new picture is shown', async () => {
  await using page = await as('cleo', { expecting: [422] })
  await page.goto('/users/account/profile')
  await page.getByLabel('About you').fill('Early riser')
  await page.getByLabel('Links').fill('no link at all')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('.field-error').waitFor()
  expect([await page.getByLabel('About you').inputValue(), await page.getByLabel('Links').inputValue()]).toEqual([
    'Early riser',
    'no link at all',
  ])
  expect(await page.getByLabel('Links').getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('Links').fill('https://example.org/cleo')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()

  await page.goto('/users/account/profile')
  const picture = { name: 'me.jpg', mimeType: 'image/jpeg', buffer: await jpeg('dunes', { width: 400, height: 400 }) }
  const again = page.waitForEvent('load')
  await page.getByLabel('Choose a picture').setInputFiles(picture)
  await again
  await until('the new picture', async () => {
    await page.goto('/users/cleo')
    return (await page.locator('.profile img.avatar').count()) === 1
  })
  const avatar = page.locator('.profile img.avatar')
  await loaded(avatar)
  const sand = await colourAt(avatar, 0.5, 0.9)
  expect(sand.red).toBeGreaterThan(sand.blue)
  expect(await page.getByText('Early riser').isVisible()).toBe(true)
})

test('another device can be signed out immediately', async () => {
  const other = await place.enter('bob')
  await using phone = await visit(place.address, { token: other.token, ...moving, expecting: [401] })
  await phone.goto('/inbox')
  await using page = await as('bob')
  await page.goto('/sessions')
  const rows = page.locator('li.row')
  const before = await rows.count()
  await rows.filter({ hasNotText: 'This device' }).first().getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('Signed out.').waitFor()
  expect(await rows.count()).toBe(before - 1)
  await phone.waitForURL(/\/sessions\/new/)
})

test('staff change roles and settings with immediate effect, and mistakes keep the input', async () => {
  await using page = await as('keeper', { expecting: [422] })
  await page.goto('/admin/users')
  await page.locator('.person summary', { hasText: '@bob' }).click()
  await page.getByLabel('Role of Bob').selectOption('Moderator')
  await page.locator('.person', { hasText: '@bob' }).getByRole('button', { name: 'Apply', exact: true }).click()
  await until(
    'the role',
    async () => (await place.call('/users/account', { as: place.member('bob') })).role === 'moderator',
  )
  await page.goto('/admin/settings')
  await page.getByLabel('Community name').fill('Our Wall')
  await page.getByLabel('Largest upload in MB').evaluate((input) => input.removeAttribute('min'))
  await page.getByLabel('Largest upload in MB').fill('0')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('.field-error').waitFor()
  expect(await page.getByLabel('Community name').inputValue()).toBe('Our Wall')
  await page.getByLabel('Largest upload in MB').fill('50')
  await page.getByLabel('Accent colour').fill('#1155cc')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  await using bob = await as('bob', { expecting: [403] })
  await bob.goto('/')
  expect(await bob.title()).toBe('Our Wall')
  expect(await bob.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent'))).toBe(
    'rgb(17 85 204)',
  )
  await bob.goto('/admin')
  expect((await bob.goto('/admin/settings'))?.status()).toBe(403)
})

test('the pages of the staff desk stand beside each other on a desktop, and are rows of its first page on a phone', async () => {
  const desk = (page: Page) => page.getByRole('navigation', { name: 'Staff desk' })
  await using desktop = await as('keeper')
  await desktop.goto('/admin/settings')
  expect(await desk(desktop).getByRole('link').count()).toBe(21)
  await desk(desktop).getByRole('link', { name: 'Settings' }).focus()
  await desktop.keyboard.press('Tab')
  await desktop.keyboard.press('Enter')
  await desktop.waitForURL('**/admin/actions')
  const current = () => desk(desktop).locator('[aria-current]').allInnerTexts()
  expect(await current()).toEqual(['Actions'])
  const last = (await desk(desktop).getByRole('link').last().boundingBox())!
  expect(last.y + last.height).toBeLessThanOrEqual(800) // all pages can be seen without scrolling
  await desktop.goto('/admin/copies')
  expect(await current()).toEqual(['Statistics'])

  await using phone = await as('keeper', { device: 'phone' })
  await phone.goto('/admin')
  expect(await desk(phone).getByRole('link').count()).toBe(20)
  await desk(phone).getByRole('link', { name: 'Words' }).tap()
  await phone.waitForURL('**/admin/words')
  expect(await desk(phone).count()).toBe(0)
  await phone.getByRole('link', { name: 'Back' }).tap()
  await desk(phone).waitFor()
})

test('a failed job says why and can be retried', async () => {
  const other = new Database(join(pinhole.folder, 'data/pinhole.sqlite'))
  other.run('pragma busy_timeout = 2000')
  other.run(`insert into jobs (kind, lane, payload, created_at, due_at, attempts, error, died_at)
    values ('upkeep.sweep', 'rest', '{}', 1, 1, 5, 'The broom is broken', 1)`)
  other.close()
  await using page = await as('keeper')
  await page.goto('/admin/jobs')
  const job = page.locator('.job', { hasText: 'The broom is broken' })
  expect(await job.getByText('failed').isVisible()).toBe(true)
  await job.getByRole('button', { name: 'Try again' }).click()
  await until('the job to be done', async () => {
    await page.goto('/admin/jobs')
    return (await page.locator('.job', { hasText: 'The broom is broken' }).count()) === 0
  })
})
