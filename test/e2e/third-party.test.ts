import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { newPage } from '../browser'
import { type Community, PASSWORD, settle } from './community'
import { type Pinhole, startPinhole } from './executable'
import { frameApp } from './frame-app'
import { jpeg, type Scene } from './paint'

let pinhole: Pinhole
let place: Community

beforeAll(async () => {
  pinhole = await startPinhole({ PINHOLE_RATE_LIMITS: 'off' })
  place = await settle(pinhole, { ann: 'Ann' })
})
afterAll(async () => {
  expect(await pinhole.stop()).toEqual({ status: 0, faults: [] })
})

const size = { width: 600, height: 750 }
const painted = new Map<Scene, Promise<Buffer>>()

/** Every painting is a file of its own, so a picture is painted once. */
async function picture(scene: Scene) {
  const bytes = painted.get(scene) ?? jpeg(scene, size)
  painted.set(scene, bytes)
  return { name: `${scene}.jpg`, mimeType: 'image/jpeg', buffer: await bytes }
}

/** Opens the app, signs in at the server on the way, and comes back. */
async function enter(page: Page, origin: string, query = '') {
  await page.goto(`${origin}/start`)
  await page.fill('[name=handle]', 'ann')
  await page.fill('[name=password]', PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await page.waitForURL(`${origin}/`)
  await page.goto(`${origin}/${query}`)
}

/** Gives files to Uppy, and returns what the page says in the end. */
async function give(page: Page, scenes: Scene[]): Promise<string> {
  await page.setInputFiles('input', await Promise.all(scenes.map(picture)))
  await page.waitForFunction(() => document.querySelector('output')?.textContent)
  return (await page.textContent('output')) ?? ''
}

/** The originals of a post are the bytes that were given. */
async function checkPost(said: string, scenes: Scene[]) {
  const ann = place.member('ann')
  const { files } = await place.call(`/posts/${/Posted (\d+)/.exec(said)?.[1]}`, { as: ann })
  const originals = await Promise.all(
    files.map(async ({ id }: { id: number }) => {
      const headers = { authorization: `Bearer ${ann.token}` }
      return Buffer.from(await (await fetch(`${place.address}/api/files/${id}/original`, { headers })).arrayBuffer())
    }),
  )
  const given = await Promise.all(scenes.map(async (scene) => (await picture(scene)).buffer))
  const order = (all: Buffer[]) => all.map((bytes) => bytes.toString('base64')).sort()
  expect(order(originals)).toEqual(order(given))
}

test('an app of somebody else signs a person in, and its page uploads with Uppy through a lost connection', async () => {
  using frame = await frameApp(pinhole.address, { losing: 'PATCH' })
  await using page = await newPage()
  await enter(page, frame.origin)
  const said = await give(page, ['dawn', 'glacier'])
  expect(said).toMatch(/^Uploaded 2, failed 0\. Posted \d+$/)
  await checkPost(said, ['dawn', 'glacier'])
  expect(frame.passed).toContain('HEAD /api/uploads/ID') // where to go on after the lost connection

  await frame.refresh()
  await page.reload()
  expect(await give(page, ['moss'])).toMatch(/^Uploaded 1, failed 0\. Posted \d+$/)
  await frame.leave()
  await page.reload()
  expect(await give(page, ['sea'])).toBe('Uploaded 0, failed 1. ')
})

test('Uppy uploads parts side by side, and by POST alone where a network refuses PATCH', async () => {
  using frame = await frameApp(pinhole.address)
  await using page = await newPage()
  await enter(page, frame.origin, '?parallel=3')
  const said = await give(page, ['dawn'])
  expect(said).toMatch(/^Uploaded 1, failed 0\. Posted \d+$/)
  await checkPost(said, ['dawn'])
  expect(frame.passed.filter((call) => call === 'POST /api/uploads')).toHaveLength(4) // three parts, and the whole
  frame.passed.length = 0
  await page.goto(`${frame.origin}/?override`)
  const again = await give(page, ['glacier'])
  await checkPost(again, ['glacier'])
  expect(new Set(frame.passed)).toEqual(new Set(['POST /api/uploads', 'POST /api/uploads/ID', 'POST /api/posts']))
})

test('a page of another origin reads nothing of the server, with or without a token', async () => {
  using frame = await frameApp(pinhole.address)
  await using page = await newPage()
  await page.goto(frame.origin)
  const { token } = place.member('ann')
  const read = (init: { credentials?: 'include'; headers?: Record<string, string> }) =>
    page.evaluate(
      ([url, options]) =>
        fetch(url, options).then(
          () => 'read',
          () => 'refused',
        ),
      [`${pinhole.address}/api/posts`, init] as const,
    )
  expect(await read({})).toBe('refused')
  expect(await read({ credentials: 'include' })).toBe('refused')
  expect(await read({ headers: { authorization: `Bearer ${token}` } })).toBe('refused')
})
