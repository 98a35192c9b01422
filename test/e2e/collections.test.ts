import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Locator, Page } from 'playwright-core'
import { until } from '../until'
import { type Community, type Member, settle } from './community'
import { type Pinhole, startPinhole } from './executable'
import { jpeg } from './paint'
import { expectQuietConsoles, visit } from './visit'

let pinhole: Pinhole
let place: Community
let posts: number[]
const size = { width: 480, height: 600 }

beforeAll(async () => {
  pinhole = await startPinhole({ PINHOLE_RATE_LIMITS: 'off' })
  place = await settle(pinhole, { ann: 'Ann', bob: 'Bob', cleo: 'Cleo', dan: 'Dan' })
  const ann = place.member('ann')
  posts = []
  for (const scene of ['dawn', 'sea', 'moss'] as const)
    posts.push(await place.publish(ann, [await place.paint(ann, scene, size)], { caption: scene }))
})
afterAll(async () => {
  expect(await pinhole.stop()).toEqual({ status: 0, faults: [] })
})
expectQuietConsoles()

const as = (handle: string, options: Parameters<typeof visit>[1] = {}) =>
  visit(place.address, { token: place.member(handle).token, ...options })
const collectionsOf = async (member: Member): Promise<{ id: number; name: string; count: number }[]> =>
  (await place.call('/collections', { as: member })).items
const namesOf = async (member: Member) => (await collectionsOf(member)).map(({ name }) => name)

async function choosePhoto(page: Page) {
  await page.goto('/posts/new')
  const photo = { name: 'sea.jpg', mimeType: 'image/jpeg', buffer: await jpeg('sea', size) }
  await page.getByLabel('Choose photos').setInputFiles([photo])
  await page.locator('.file.ready').waitFor()
}

test('a collection is named in the composer, stays in the draft, and gets the post', async () => {
  const bob = place.member('bob')
  await using page = await as('bob', { device: 'phone' })
  await choosePhoto(page)
  const row = page.getByLabel('Collection', { exact: false }).first()
  const name = page.getByLabel('Name of a new collection')
  expect(await name.isVisible()).toBe(false)
  await row.selectOption('New collection…')
  await name.fill('여행')
  await name.press('Enter')
  await page.getByText('Draft saved').waitFor()
  await until('the collection in the list', async () => (await chosen(row)) === '여행')
  expect([await name.isVisible(), await namesOf(bob)]).toEqual([false, ['여행']])

  await using desk = await as('bob')
  await desk.goto('/posts/new')
  expect(await chosen(desk.getByLabel('Collection', { exact: false }).first())).toBe('여행')
  await page.getByRole('button', { name: 'Share' }).tap()
  await page.locator('.post time').waitFor()
  expect(await collectionsOf(bob)).toMatchObject([{ name: '여행', count: 1 }])
})

test('a collection that was deleted meanwhile is taken off the draft, which says so and can be shared', async () => {
  const cleo = place.member('cleo')
  const { id } = await place.call('/collections', { as: cleo, json: { name: 'Sea' } })
  await using page = await as('cleo', { expecting: [422] })
  await choosePhoto(page)
  await place.call(`/collections/${id}`, { as: cleo, method: 'DELETE' })
  const row = page.getByLabel('Collection', { exact: false }).first()
  await row.selectOption('Sea')
  await page.getByText('This collection does not exist any more. Choose another one.').waitFor()
  expect(await chosen(row)).toBe('No collection')
  await page.getByText('Draft saved').waitFor()
  await page.getByRole('button', { name: 'Share' }).click()
  await page.locator('.post time').waitFor()
  expect(await namesOf(cleo)).toEqual([])
})

test('a name that is typed but not yet left is used when the post is shared, also without JavaScript', async () => {
  const dan = place.member('dan')
  await using page = await as('dan')
  await choosePhoto(page)
  await page.getByLabel('Collection', { exact: false }).first().selectOption('New collection…')
  await page.getByLabel('Name of a new collection').pressSequentially('Home')
  await page.getByRole('button', { name: 'Share' }).click()
  await page.locator('.post time').waitFor()
  expect(await collectionsOf(dan)).toMatchObject([{ name: 'Home', count: 1 }])

  await place.paint(dan, 'moss', size)
  await using plain = await as('dan', { javaScriptEnabled: false })
  await plain.goto('/posts/new')
  await plain.getByLabel('Name of a new collection').fill('Garden')
  await plain.getByRole('button', { name: 'Save the draft' }).click()
  expect(await chosen(plain.getByLabel('Collection', { exact: false }).first())).toBe('Garden')
  await plain.getByRole('button', { name: 'Share' }).click()
  await plain.waitForURL(/\/posts\/\d+$/)
  expect(await collectionsOf(dan)).toMatchObject([
    { name: 'Garden', count: 1 },
    { name: 'Home', count: 1 },
  ])
})

test('a collection that is made from the menu of a post has it in there at once', async () => {
  const keeper = place.member('keeper')
  await using page = await as('keeper', { device: 'phone' })
  await page.goto(`/posts/${posts[0]}`)
  await page.getByRole('button', { name: 'Options for this post' }).tap()
  await page.getByRole('link', { name: 'Put into a collection' }).tap()
  await page.getByLabel('Name of a new collection').fill('Walks')
  await page.getByRole('button', { name: 'Create it and put in' }).tap()
  await page.getByRole('button', { name: 'Take out of Walks' }).waitFor()
  expect(await collectionsOf(keeper)).toMatchObject([{ name: 'Walks', count: 1 }])
})

test('collections and their posts are sorted by mouse, finger, keys and buttons, and keep their order', async () => {
  const ann = place.member('ann')
  const ids: number[] = []
  for (const name of ['C', 'B', 'A']) ids.push((await place.call('/collections', { as: ann, json: { name } })).id)
  for (const post of posts) await place.call(`/collections/${ids[2]}/posts/${post}`, { as: ann, method: 'PUT' })

  await using page = await as('ann')
  await page.goto('/collections/edit')
  const shown = () => page.locator('.row bdi').allTextContents()
  const stored = (expected: string[]) =>
    until(`the order ${expected}`, async () => `${await namesOf(ann)}` === `${expected}`)
  const grip = (name: string) => page.getByRole('button', { name: `Drag ${name}` })
  await page.mouse.move(...(await centre(grip('C'))))
  await page.mouse.down()
  await page.mouse.move(...(await centre(grip('A'))), { steps: 8 })
  await page.mouse.up()
  expect(await shown()).toEqual(['C', 'A', 'B'])
  await stored(['C', 'A', 'B'])
  expect(await page.getByRole('status').getByText('Moved to position 1').count()).toBe(1)

  await grip('A').press('ArrowDown')
  await grip('A').press('ArrowDown') // is at the end already
  expect(await shown()).toEqual(['C', 'B', 'A'])
  await page.getByRole('button', { name: 'Move B up' }).press('Enter')
  expect(await shown()).toEqual(['B', 'C', 'A'])
  expect(await page.getByRole('button', { name: 'Move B down' }).evaluate((it) => it === document.activeElement)).toBe(
    true,
  )
  expect(await page.getByRole('button', { name: 'Move B up' }).isDisabled()).toBe(true)
  await stored(['B', 'C', 'A'])

  await using phone = await as('ann', { device: 'phone' })
  await phone.goto(`/collections/${ids[2]}/edit`)
  const captions = () => phone.locator('.row bdi').allTextContents()
  expect(await captions()).toEqual(['moss', 'sea', 'dawn'])
  await dragByFinger(
    phone,
    phone.getByRole('button', { name: 'Drag moss' }),
    phone.getByRole('button', { name: 'Drag dawn' }),
  )
  expect(await captions()).toEqual(['sea', 'dawn', 'moss'])
  await until('the order of the posts', async () => {
    const { items } = await place.call(`/collections/${ids[2]}/posts`, { as: ann })
    return `${items.map(({ caption }: { caption: string }) => caption)}` === 'sea,dawn,moss'
  })

  await using plain = await as('ann', { javaScriptEnabled: false })
  await plain.goto('/collections/edit')
  expect(await plain.getByRole('button', { name: 'Drag A' }).count()).toBe(0)
  await plain.getByRole('button', { name: 'Move A up' }).click()
  expect(await plain.locator('.row bdi').allTextContents()).toEqual(['B', 'A', 'C'])
})

test('rows return to their places when their order cannot be saved', async () => {
  const ann = place.member('ann')
  await using page = await as('ann', { cutOff: true })
  await page.goto('/collections/edit')
  const before = await namesOf(ann)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: `Drag ${before[0]}` }).press('ArrowDown')
  await page.getByText('You are offline.').waitFor()
  expect(await page.locator('.row bdi').allTextContents()).toEqual(before)
})

const chosen = (select: Locator) =>
  select.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.text ?? '')

async function centre(part: Locator): Promise<[number, number]> {
  const box = (await part.boundingBox())!
  return [box.x + box.width / 2, box.y + box.height / 2]
}

async function dragByFinger(page: Page, from: Locator, to: Locator) {
  const [[x, y], [, end]] = [await centre(from), await centre(to)]
  const devtools = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove', at: number) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y: at }] })
  await touch('touchStart', y)
  await page.locator('.dragging').waitFor()
  for (let step = 1; step <= 12; step++) await touch('touchMove', y + ((end - y) * step) / 12)
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

test('whoever bookmarks a post is offered to put it into a collection', async () => {
  const cleo = place.member('cleo')
  const { id } = await place.call('/collections', { as: cleo, json: { name: '산' } })
  await using page = await as('cleo', { device: 'phone' })
  await page.goto(`/posts/${posts[0]}`)
  await page.getByRole('button', { name: 'Bookmark' }).tap()
  await page.getByRole('status').getByRole('link', { name: 'Put into a collection' }).tap()
  await page.getByRole('button', { name: 'Put into 산' }).tap()
  await page.getByRole('button', { name: 'Take out of 산' }).waitFor()
  expect(await place.call(`/collections/${id}`, { as: cleo })).toMatchObject({ count: 1 })
})
