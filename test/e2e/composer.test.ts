import { afterAll, beforeAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { BadMedia } from '../../src/media/errors'
import { until } from '../until'
import { type Community, type Member, settle } from './community'
import { type Pinhole, startPinhole } from './executable'
import { drop, type FileToGive, paste } from './page-actions'
import { jpeg, type Scene } from './paint'
import { startSlowProxy } from './slow-proxy'
import { expectQuietConsoles, visit } from './visit'

let pinhole: Pinhole
let place: Community
const seen = { width: 600, height: 750 }

beforeAll(async () => {
  pinhole = await startPinhole({ PINHOLE_RATE_LIMITS: 'off' })
  place = await settle(pinhole, {
    ann: 'Ann',
    bob: 'Bob',
    cleo: 'Cleo',
    dan: 'Dan',
    eve: 'Eve',
    finn: 'Finn',
    gil: 'Gil',
    hana: 'Hana',
    ivy: 'Ivy',
    jon: 'Jon',
    kim: 'Kim',
  })
})
afterAll(async () => {
  expect(await pinhole.stop()).toEqual({ status: 0, faults: [] })
})
expectQuietConsoles()

const picture = async (scene: Scene, name = `${scene}.jpg`): Promise<FileToGive> => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await jpeg(scene, seen),
})
const MB = 1024 ** 2

/** A photo followed by additional bytes, as some cameras write them. */
const heavy = async (name: string, bytes: number): Promise<FileToGive> => {
  const given = await picture('dawn', name)
  return { ...given, buffer: Buffer.concat([given.buffer, Buffer.alloc(bytes)]) }
}

async function compose(
  as: Member,
  { at = place.address, ...options }: Parameters<typeof visit>[1] & { at?: string } = {},
): Promise<Page> {
  const page = await visit(at, { token: as.token, ...options })
  await page.goto('/posts/new')
  return page
}

const uploaded = (page: Page, count: number) =>
  page.waitForFunction((wanted) => document.querySelectorAll('.file.ready').length === wanted, count)
const onTheWay = (page: Page) =>
  page.waitForFunction(() => {
    const { value = 0 } = document.querySelector<HTMLProgressElement>('.file.pending progress') ?? {}
    return value > 0.1 && value < 1
  })

/** Starts a slow upload that is too large to fit into the buffers of the network. */
async function begin(page: Page, proxy: Awaited<ReturnType<typeof startSlowProxy>>) {
  const file = join(pinhole.folder, 'heavy.jpg')
  await Bun.write(file, (await heavy('heavy.jpg', 24 * MB)).buffer)
  proxy.bytesPerSecond = 8 * MB
  await page.getByLabel('Choose photos').setInputFiles(file)
  await onTheWay(page)
  await until('three megabytes to be sent', async () => proxy.passed > 3 * MB)
  return file
}

/** The offset of the next request of an upload. */
const nextOffset = async (page: Page) =>
  Number((await page.waitForRequest((request) => request.method() === 'PATCH')).headers()['upload-offset'])

test('an upload that is removed while it runs leaves nothing behind', async () => {
  const ann = place.member('ann')
  using proxy = await startSlowProxy(place.address)
  await using page = await compose(ann, { at: proxy.address })
  await begin(page, proxy)
  const ended = page.waitForResponse((response) => response.request().method() === 'DELETE')
  await page.getByRole('button', { name: 'Remove this file' }).click()
  expect([(await ended).status(), await page.locator('.file').count()]).toEqual([204, 0])
  expect((await place.call('/files', { as: ann })).items).toEqual([])
  expect(await page.getByRole('button', { name: 'Share' }).isDisabled()).toBe(true)
})

test('when the network fails, the form says so, and the upload resumes automatically', async () => {
  using proxy = await startSlowProxy(place.address)
  await using page = await compose(place.member('ann'), { at: proxy.address, cutOff: true })
  await begin(page, proxy)
  proxy.cut()
  await page.context().setOffline(true)
  await page.getByText('No connection. The upload will resume automatically.').waitFor()
  proxy.repair()
  proxy.bytesPerSecond = Number.POSITIVE_INFINITY
  const offset = nextOffset(page)
  await page.context().setOffline(false)
  expect(await offset).toBeGreaterThan(MB)
  await uploaded(page, 1)
  expect((await place.call('/files', { as: place.member('ann') })).items).toHaveLength(1)
})

test('an upload goes on where it was when a proxy has answered that the server starts again', async () => {
  const jon = place.member('jon')
  using proxy = await startSlowProxy(place.address)
  await using page = await compose(jon, { at: proxy.address, cutOff: true, expecting: [409, 503] })
  const began: string[] = []
  // what was on its way when the connection ended may still arrive after the browser has asked how much did (409)
  const answers = { refused: 0, isDown: true }
  await begin(page, proxy)
  page.on('request', (request) => request.method() === 'POST' && began.push(request.url()))
  await page.route(/\/api\/uploads\//, (route) => {
    if (!answers.isDown) return route.continue()
    answers.refused++
    return route.fulfill({ status: 503, body: 'The server starts.' })
  })
  await page.clock.install()
  const endPause = () => page.clock.fastForward(10_000) // between two attempts
  proxy.cut()
  proxy.repair()
  await until('three refusals', async () => {
    await endPause()
    return answers.refused >= 3
  })
  proxy.bytesPerSecond = Number.POSITIVE_INFINITY
  const offset = nextOffset(page)
  answers.isDown = false
  const resumed = await until('the upload to go on', async () => {
    await endPause()
    return Promise.race([offset, Bun.sleep(50).then(() => null)])
  })
  expect(resumed).toBeGreaterThan(MB)
  await uploaded(page, 1)
  expect(began.filter((url) => url.includes('/uploads'))).toEqual([])
  expect((await place.call('/files', { as: jon })).items).toHaveLength(1)
})

test('after a reload, the same file resumes where it stopped and the caption is still there', async () => {
  const bob = place.member('bob')
  using proxy = await startSlowProxy(place.address)
  await using page = await compose(bob, { at: proxy.address })
  await page.getByLabel('Caption').fill('Not lost')
  const file = await begin(page, proxy)
  const saved = () => place.call('/posts/draft', { as: bob }).catch(() => null)
  await until('the draft', async () => (await saved())?.caption === 'Not lost')
  page.on('dialog', (dialog) => dialog.accept())
  await page.reload()
  expect(await page.getByLabel('Caption').inputValue()).toBe('Not lost')
  proxy.bytesPerSecond = Number.POSITIVE_INFINITY
  const offset = nextOffset(page)
  await page.getByLabel('Choose photos').setInputFiles(file)
  expect(await offset).toBeGreaterThan(MB)
  await uploaded(page, 1)
  expect((await place.call('/files', { as: bob })).items).toHaveLength(1)
})

test('what is shared while files are on their way is published when they have arrived', async () => {
  const gil = place.member('gil')
  using proxy = await startSlowProxy(place.address)
  await using page = await compose(gil, { at: proxy.address, device: 'phone' })
  await begin(page, proxy)
  await page.getByLabel('Caption').fill('On its way')
  await page.getByRole('button', { name: 'Share' }).tap()
  await page.getByText('This will be shared when everything is uploaded.').waitFor()
  proxy.bytesPerSecond = Number.POSITIVE_INFINITY
  await page.waitForURL(/\/posts\/\d+$/)
  await page.getByText('On its way').waitFor()
})

test('a draft is whole on every device, until it is scheduled or discarded', async () => {
  const hana = place.member('hana')
  const expecting: [number, string][] = [[404, '/api/posts/draft']] // asked for changes when the draft is gone
  await using phone = await compose(hana, { device: 'phone', expecting })
  await phone.getByLabel('Choose photos').setInputFiles([await picture('sea'), await picture('city')])
  await uploaded(phone, 2)
  await phone.locator('.file .pick').first().focus()
  await phone.keyboard.press('ArrowRight')
  await phone.keyboard.press('Shift+ArrowLeft')
  const order = await phone
    .locator('[name=fileIds]')
    .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))
  await phone.getByLabel('Caption').fill('Half a thought')
  await phone.getByLabel('Who can see it').selectOption('My followers')
  await phone.getByText('Ask coins for it').tap()
  await phone.getByRole('button', { name: 'Higher price' }).tap()
  await phone.getByRole('checkbox', { name: 'Sensitive' }).tap()
  await phone.getByRole('link', { name: 'Cancel' }).tap()
  await phone.waitForURL(`${place.address}/`)

  await using desk = await compose(hana, { expecting })
  const look = async (page: Page) => ({
    order: await page.locator('[name=fileIds]').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)),
    caption: await page.getByLabel('Caption').inputValue(),
    audience: await page.getByLabel('Who can see it').inputValue(),
    price: await page.getByLabel('Price in coins').inputValue(),
    isSensitive: await page.getByRole('checkbox', { name: 'Sensitive' }).isChecked(),
  })
  const whole = { order, caption: 'Half a thought', audience: 'followers', price: '15', isSensitive: true }
  expect(await look(desk)).toEqual(whole)
  await desk.getByText(/^Draft of /).waitFor()
  await phone.goto('/posts/new')
  expect(await look(phone)).toEqual(whole)

  await desk.getByLabel('Caption').fill('A whole thought')
  await desk.getByText('Draft saved').waitFor()
  await phone.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await phone.locator('textarea').filter({ hasText: 'A whole thought' }).waitFor() // the page has loaded again
  expect(await look(phone)).toEqual({ ...whole, caption: 'A whole thought' })
  await desk.getByText('Publish later').click()
  await desk.getByRole('button', { name: 'Schedule' }).click()
  await desk.getByText(/^This post will be published on /).waitFor()
  const post = await place.call(`/posts/${Number(/\d+$/.exec(desk.url())?.[0])}`, { as: hana })
  expect(post).toMatchObject({ status: 'scheduled', price: 15, visibility: 'followers', sensitive: true })
  expect(post.files.map(({ id }: { id: number }) => String(id))).toEqual(order)
  await desk.goto('/posts/new')
  expect(await look(desk)).toMatchObject({ order: [], caption: '', price: '0' })

  await desk.getByLabel('Caption').fill('No')
  await desk.getByText('Draft saved').waitFor()
  await desk.getByText('Discard', { exact: true }).click()
  await desk.getByRole('button', { name: 'Discard the draft' }).click()
  await desk.waitForURL(`${place.address}/`)
  await desk.goto('/posts/new')
  expect((await look(desk)).caption).toBe('')
})

test('nothing moves under the finger when the first draft is saved', async () => {
  await using page = await compose(place.member('kim'), { device: 'phone' })
  const measured = Promise.withResolvers<void>()
  await page.route('**/api/posts/draft', async (route) => {
    await measured.promise
    await route.continue()
  })
  await page.getByLabel('Choose photos').setInputFiles(await picture('dawn'))
  await uploaded(page, 1)
  const top = () => page.locator('.showing').evaluate((stage) => stage.getBoundingClientRect().top)
  const before = await top()
  measured.resolve()
  await page.getByText('Draft saved').waitFor()
  expect(await top()).toBe(before)
})

test('on a phone, four taps lead from the main page to a published photo', async () => {
  const ivy = place.member('ivy')
  await using page = await visit(place.address, { token: ivy.token, device: 'phone' })
  await page.goto('/')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('navigation').getByRole('link', { name: 'New post' }).tap()
  await (await chooser).setFiles([await picture('moss')]) // two taps in the choice of the system
  await page.locator('[data-stage] img').waitFor()
  await page.getByRole('button', { name: 'Share' }).tap()
  await page.locator('.post time').waitFor()
})

test('every refused file shows the reason on its own tile and what can be done', async () => {
  const [cleo, keeper] = [place.member('cleo'), place.member('keeper')]
  const settings = (json: object) => place.call('/admin/settings', { as: keeper, method: 'PATCH', json })
  await settings({ maxUploadMb: 2, quotaMb: 1 })
  await using page = await compose(cleo, { expecting: [413, 415, 507] })
  const reasons = () => page.locator('.file .reason:not([hidden])').allTextContents()
  const refused = async (...expected: string[]) => {
    await until(`${expected.length} reasons`, async () => (await reasons()).length === expected.length)
    expect(await reasons()).toEqual(expected)
  }
  const full = 'Your storage is full. Delete something, or ask the staff for more space.'
  const [large, odd] = ['This file is larger than the upload limit.', new BadMedia('unsupported').message]
  await drop(page, [
    await heavy('large.jpg', 3 * MB),
    { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture at all') },
  ])
  await refused(large, odd)
  expect(await page.locator('.file.refused .fault:visible').count()).toBe(2)
  expect(await page.getByRole('button', { name: 'Share' }).isDisabled()).toBe(true)
  expect(await page.getByText('Some files cannot be shared. Choose one of them to see why.').isVisible()).toBe(true)
  await drop(page, [await heavy('full.jpg', 1.5 * MB)])
  await refused(large, odd, full)
  await settings({ quotaMb: null, minFreeMb: 999_999_999 })
  await drop(page, [await picture('moss')])
  await refused(large, odd, full, 'The disk of this server is full. Nothing is lost; please tell the staff.')
  await settings({ maxUploadMb: null, minFreeMb: null })
  const chosen = page.locator('.file.chosen')
  await page.locator('.file .pick').nth(3).click()
  await chosen.getByText('The disk of this server is full.').waitFor()
  await chosen.getByRole('button', { name: 'Try again' }).click()
  await uploaded(page, 1)

  const cut = await picture('sea', 'cut.jpg')
  await drop(page, [{ ...cut, buffer: cut.buffer.subarray(0, 2000) }])
  await page.getByText('The file is damaged or incomplete and cannot be read.').waitFor({ state: 'attached' })
  for (let left = 5; left > 1; left--) {
    await page.locator('.file:not(.ready) .pick').first().click()
    await chosen.getByRole('button', { name: 'Remove this file' }).click()
    await page.waitForFunction((wanted) => document.querySelectorAll('.file').length === wanted, left - 1)
  }
  await page.getByRole('button', { name: 'Share' }).and(page.locator(':enabled')).click()
  await page.locator('.post time').waitFor()
})

test('pasted and chosen photos can be reordered by keyboard and mouse, and described', async () => {
  const dan = place.member('dan')
  await using page = await compose(dan)
  await paste(page, [await picture('sea')])
  await uploaded(page, 1)
  await page.getByLabel('Choose photos').setInputFiles([await picture('city'), await picture('moss')])
  await uploaded(page, 3)
  const ids = () =>
    page.locator('.file').evaluateAll((tiles) => tiles.map((tile) => Number((tile as HTMLElement).dataset.file)))
  const [sea, city, moss] = await ids()
  await page.locator('.file').first().getByRole('button', { name: 'Move later' }).press('Enter')
  expect(await ids()).toEqual([city!, sea!, moss!])
  expect(await page.locator('[data-announce]').textContent()).toBe('Moved to position 2')
  await page.keyboard.press('Enter')
  expect(await ids()).toEqual([city!, moss!, sea!])

  const centre = async (at: number) => {
    const box = (await page.locator('.file .shot').nth(at).boundingBox())!
    return [box.x + box.width / 2, box.y + box.height / 2] as const
  }
  await page.mouse.move(...(await centre(2)))
  await page.mouse.down()
  await page.mouse.move(...(await centre(1)), { steps: 5 })
  await page.mouse.move(...(await centre(0)), { steps: 5 })
  await page.mouse.up()
  expect(await ids()).toEqual([sea!, city!, moss!])

  const tile = page.locator('.file').first()
  await tile.getByLabel('Describe this photo').click()
  await tile.getByLabel('What is in the photo?').fill('The sea at dusk')
  await tile.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  await page.getByRole('button', { name: 'Share' }).click()
  await page.locator('.post time').waitFor()
  expect(await page.locator('.post .real').first().getAttribute('alt')).toBe('The sea at dusk')
  const id = Number(/\d+$/.exec(page.url())?.[0])
  const post = await place.call(`/posts/${id}`, { as: dan })
  expect(post.files.map((file: { id: number }) => file.id)).toEqual([sea, city, moss])
})

test('a post can be edited (caption, audience, photos and their descriptions) and deleted', async () => {
  const eve = place.member('eve')
  const files = [
    await place.paint(eve, 'forest', seen),
    await place.paint(eve, 'moss', seen),
    await place.paint(eve, 'dunes', seen),
  ]
  const id = await place.publish(eve, files, { caption: 'Befor' })
  await using page = await visit(place.address, { token: eve.token })
  await page.goto(`/posts/${id}`)
  await page.getByRole('button', { name: 'Options for this post' }).click()
  await page.getByRole('link', { name: 'Edit post' }).click()
  await page.getByLabel('Caption').fill('After')
  await page.getByLabel('Who can see it').selectOption('My followers')
  await page.getByLabel('Keep file 2').uncheck()
  await page.locator('.file').last().getByRole('button', { name: 'Move earlier' }).click()
  await page.locator('.file').last().getByRole('button', { name: 'Move earlier' }).waitFor()
  await page.getByRole('button', { name: 'Save', exact: true }).last().click()
  await page.waitForURL(`**/posts/${id}`)
  const post = await place.call(`/posts/${id}`, { as: eve })
  expect([post.caption, post.visibility, post.files.map((file: { id: number }) => file.id)]).toEqual([
    'After',
    'followers',
    [files[0], files[2]],
  ])
  await page.getByTitle('Followers only').waitFor()

  await page.getByRole('button', { name: 'Options for this post' }).click()
  await page.getByRole('link', { name: 'Edit post' }).click()
  await page.getByText('Delete post', { exact: true }).click()
  await page.getByText('The post and its photos will be permanently deleted.').waitFor()
  await page.getByRole('button', { name: 'Delete permanently' }).click()
  await page.waitForURL('**/users/eve')
  await page.getByText('Your posts will appear here.').waitFor()
  await using other = await visit(place.address, { token: place.member('ann').token, expecting: [404] })
  expect((await other.goto(`/posts/${id}`))?.status()).toBe(404)
})

test('a post with a broken photo waits, says why, and is published without the photo', async () => {
  const finn = place.member('finn')
  const cut = await jpeg('sea', seen)
  const files = [await place.upload(finn, cut.subarray(0, 2000), 'cut.jpg'), await place.paint(finn, 'sea', seen)]
  const { id } = await place.call('/posts', { as: finn, json: { caption: 'Half', fileIds: files } })
  await using page = await visit(place.address, { token: finn.token })
  await page.goto(`/posts/${id}`)
  const why = page.getByText('One of the files could not be processed. Try it again or remove it to publish the post.')
  await why.waitFor()
  expect((await why.boundingBox())!.y).toBeLessThan(700) // without scrolling
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Trying again.').waitFor()
  await why.waitFor()
  await page.getByRole('button', { name: 'Remove this file' }).click()
  await page.locator('.post time').waitFor()
  await page.goto('/notifications')
  await page.getByText('A photo or video could not be processed. See why and try again.').first().waitFor()
})
