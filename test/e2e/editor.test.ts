import { expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { makeClips } from '../clips'
import { type Somebody, testApp } from '../harness'
import { photo } from '../photos'
import { axeFindings, bringAxe } from './axe'
import { expectQuietConsoles, visit } from './visit'

expectQuietConsoles()

const clips = await makeClips(['phone.mp4'])

async function withFiles() {
  const t = await testApp()
  const ann = await t.user('ann')
  const upload = async (bytes: Blob, name: string, as: Somebody = ann): Promise<number> => {
    const body = new FormData()
    body.append('file', bytes, name)
    return (await (await t.request('/api/files', { method: 'POST', as, body })).json()).id
  }
  const jpeg = await photo({ width: 600, height: 400 }).jpeg().toBuffer()
  const picture = await upload(new Blob([new Uint8Array(jpeg)]), 'a.jpg')
  const video = await upload(Bun.file(clips('phone.mp4')), 'film.mp4')
  await t.runJobs()
  const file = async (id: number) => (await t.api(ann, `GET /files/${id}`)).body
  return { ...t, ann, picture, video, file }
}

async function edit(page: Page, id: number) {
  await page.locator(`#file-${id} [data-pick]`).click()
  await page.locator(`#file-${id} [data-edit]`).click()
  await page.locator('.editor-dialog[open]').waitFor()
}

/** Drags the middle of an element by this many pixels. */
async function drag(page: Page, selector: string, x: number, y: number) {
  const box = (await page.locator(selector).boundingBox())!
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + x, from.y + y, { steps: 3 })
  await page.mouse.up()
}

/** The same with a finger. The browser would scroll instead if the element did not forbid it. */
async function swipe(page: Page, selector: string, x: number, y: number) {
  const box = (await page.locator(selector).boundingBox())!
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const browser = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', part?: number) => {
    const touchPoints = part === undefined ? [] : [{ x: from.x + x * part, y: from.y + y * part }]
    return browser.send('Input.dispatchTouchEvent', { type, touchPoints })
  }
  await touch('touchStart', 0)
  for (const part of [0.25, 0.5, 0.75, 1]) await touch('touchMove', part)
  await touch('touchEnd')
}

const isBusy = (page: Page, id: number) => page.locator(`#file-${id}.processing`).waitFor()

test('a photo is cropped by touch and by keys, and turned, and all of it can be undone', async () => {
  using t = await withFiles()
  using server = t.listen()
  await using page = await visit(server.url.origin, { token: t.ann.token, device: 'phone' })
  await bringAxe(page)
  await page.goto('/posts/new')
  await edit(page, t.picture)
  expect(await axeFindings(page, { within: '.editor-dialog' })).toEqual([])
  const shown = (await page.locator('[data-picture]').boundingBox())!.width
  await swipe(page, '[data-drag="right bottom"]', -100, 0)
  await page.getByRole('button', { name: 'Turn' }).click()
  await page.getByRole('slider', { name: 'Right edge' }).press('ArrowLeft')
  await page.getByRole('button', { name: 'Done' }).click()
  await isBusy(page, t.picture)
  await page.locator('.editor-dialog').waitFor({ state: 'detached' })
  await t.runJobs()
  const changed = await t.file(t.picture)
  // turned clockwise, the right edge is the upper edge of the original, which went down by a two-hundredth of the width
  expect([changed.status, changed.turn, changed.crop.x, changed.crop.y]).toEqual(['ready', 90, 0, 3])
  expect(Math.abs(changed.crop.width - (600 - (100 * 600) / shown))).toBeLessThan(4)
  expect([changed.width, changed.height]).toEqual([397, changed.crop.width])

  await edit(page, t.picture)
  await page.getByRole('button', { name: 'Undo all' }).click()
  await page.getByRole('button', { name: '1:1' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await isBusy(page, t.picture)
  expect(await t.file(t.picture)).toMatchObject({ turn: 0, crop: { x: 100, y: 0, width: 400, height: 400 } })
})

test('the ends and the cover of a video are chosen on a strip of its pictures, also by keys', async () => {
  using t = await withFiles()
  using server = t.listen()
  await using page = await visit(server.url.origin, { token: t.ann.token })
  await bringAxe(page)
  await page.goto('/posts/new')
  await edit(page, t.video)
  expect(await axeFindings(page, { within: '.editor-dialog' })).toEqual([])
  const width = (await page.locator('[data-timeline]').boundingBox())!.width
  await drag(page, '.timeline-end.start', width / 4, 0)
  await page.getByRole('slider', { name: 'End of the video' }).press('ArrowLeft')
  await page.getByRole('button', { name: 'Cover' }).click()
  await page.getByRole('slider', { name: 'Cover' }).press('End')
  await page.getByRole('button', { name: 'Done' }).click()
  await isBusy(page, t.video)
  const { trim, cover, original } = await t.file(t.video)
  expect(Math.abs(trim.start - original.duration * (0.25 + 22 / width))).toBeLessThan(0.1)
  expect(trim.end).toBeCloseTo(original.duration - 1 / 30, 2)
  expect(cover).toBe(trim.end)
})

test('on a phone, the ends of a video are moved by touch, and the film is not scrolled away', async () => {
  using t = await withFiles()
  using server = t.listen()
  await using page = await visit(server.url.origin, { token: t.ann.token, device: 'phone' })
  await page.goto('/posts/new')
  await edit(page, t.video)
  const { width } = (await page.locator('[data-timeline]').boundingBox())!
  await swipe(page, '.timeline-end.start', width / 4, 0)
  await swipe(page, '.timeline-end.end', -width / 4, 0)
  await page.getByRole('button', { name: 'Done' }).click()
  await isBusy(page, t.video)
  const { trim, original } = await t.file(t.video)
  expect(Math.abs(trim.start - original.duration * 0.25)).toBeLessThan(0.25)
  expect(Math.abs(trim.end - original.duration * 0.75)).toBeLessThan(0.25)
})

test('without scripts, the same is done with fields', async () => {
  using t = await withFiles()
  const page = await (await t.request(`/files/${t.picture}/edit`, { browser: t.ann })).text()
  for (const name of ['crop.x', 'crop.width', 'turn']) expect(page).toContain(`name="${name}"`)
  const form = (fields: [string, string][]) =>
    t.request(`/files/${t.picture}?_method=PATCH`, { method: 'POST', browser: t.ann, form: fields })
  const crop = (...values: string[]) =>
    ['x', 'y', 'width', 'height'].map((name, i): [string, string] => [`crop.${name}`, values[i] ?? ''])
  const sent = await form([...crop('0', '0', '300', '200'), ['turn', '180']])
  expect([sent.status, sent.headers.get('location')]).toEqual([303, '/posts/new'])
  expect(await t.file(t.picture)).toMatchObject({ crop: { width: 300, height: 200 }, turn: 180, status: 'processing' })
  await form([...crop(), ['turn', '0']])
  expect(await t.file(t.picture)).toMatchObject({ crop: null, turn: 0 })
})
