import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Locator } from 'playwright-core'
import { makeClips } from '../clips'
import { until } from '../until'
import { type Community, settle } from './community'
import { type Pinhole, startPinhole } from './executable'
import { expectQuietConsoles, visit } from './visit'

let pinhole: Pinhole
let place: Community
let id: number
let fileId: number

beforeAll(async () => {
  const made = makeClips(['qualities.mp4'])
  pinhole = await startPinhole({ PINHOLE_ADAPTIVE_SECONDS: '5' })
  place = await settle(pinhole, { ann: 'Ann', dan: 'Dan' })
  const [ann, dan] = [place.member('ann'), place.member('dan')]
  await place.call('/follows/ann', { as: dan, method: 'PUT', json: {} })
  fileId = await place.upload(ann, await Bun.file((await made)('qualities.mp4')).bytes(), 'film.mp4')
  id = await place.publish(ann, [fileId])
  const text = 'WEBVTT\n\n00:00.000 --> 00:06.000\n'
  for (const [language, line] of [
    ['en', 'The sea at noon'],
    ['ko', '한낮의 바다'],
  ])
    await place.call(`/files/${fileId}/captions`, { as: ann, json: { language, text: text + line } })
  const file = async () => (await place.call(`/files/${fileId}`, { as: ann })).renditions
  await until('the qualities', async () => 'hls' in (await file()))
})
afterAll(async () => {
  expect(await pinhole.stop()).toEqual({ status: 0, faults: [] })
})
expectQuietConsoles()

const size = (video: Locator) => video.evaluate(({ videoHeight }: HTMLVideoElement) => videoHeight)
const cueOf = (video: Locator) =>
  video.evaluate(({ textTracks }: HTMLVideoElement) => {
    const shown = [...textTracks].find(({ mode }) => mode === 'showing')
    return (shown?.activeCues?.[0] as VTTCue | undefined)?.text ?? ''
  })

test('a long video starts in a quality that the connection allows, changes it, and shows subtitles and previews', async () => {
  await using page = await visit(place.address, { token: place.member('dan').token })
  const loaded: string[] = []
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname))
  await page.goto(`/posts/${id}`)
  const [film, video] = [page.locator('.post .film'), page.locator('.post video')]
  await film.locator('.film-start').waitFor()
  expect(loaded.filter((path) => /\/assets\/hls-|mp4\.mp4|\.m3u8/.test(path))).toEqual([])
  // loops, so that the test has time
  await video.evaluate((each: HTMLVideoElement) => {
    each.loop = true
    each.muted = true
  })
  await film.locator('.film-start').click()
  await until('the video to play', () => video.evaluate((each: HTMLVideoElement) => each.currentTime > 0.2))
  expect(loaded.some((path) => /\/assets\/hls-/.test(path))).toBe(true)
  expect(loaded.some((path) => path.endsWith('/full/hls.m3u8'))).toBe(true)
  expect(loaded.filter((path) => path.endsWith('mp4.mp4'))).toEqual([])

  const quality = film.getByLabel('Quality')
  expect(await quality.locator('option').allTextContents()).toEqual([expect.stringMatching(/^Auto/), '480p', '360p'])
  for (const side of [360, 480]) {
    await quality.selectOption(`${side}p`)
    await until(`${side}p`, async () => (await size(video)) === side)
  }
  await film.getByLabel('Subtitles').selectOption({ label: '한국어' })
  await until('subtitles', async () => (await cueOf(video)) === '한낮의 바다')

  await film.getByRole('button', { name: 'Pause' }).click()
  const range = film.getByLabel('Position in the video')
  await range.hover()
  const preview = film.locator('.film-preview canvas')
  await until('a preview', () =>
    preview.evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas
      return !!canvas
        .getContext('2d')
        ?.getImageData(0, 0, width, height)
        .data.some((byte, i) => i % 4 !== 3 && byte > 0)
    }),
  )
  await range.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await until('a jump', () => video.evaluate((each: HTMLVideoElement) => Math.abs(each.currentTime - 5) < 0.3))
  await page.keyboard.press('m')
  await film.locator('[data-film-mute][aria-pressed=false]').waitFor()
})

test('a long video whose links ended gets new ones, and without scripts its MP4 plays', async () => {
  const dan = place.member('dan')
  await using page = await visit(place.address, { token: dan.token, expecting: [410] })
  await page.goto(`/posts/${id}`)
  await page.locator('.post .film-start').waitFor()
  await place.call(`/posts/${id}`, { as: place.member('ann'), method: 'PATCH', json: { visibility: 'followers' } })
  const video = page.locator('.post video')
  await video.evaluate((each: HTMLVideoElement) => {
    each.loop = true
    each.muted = true
  })
  await page.locator('.post .film-start').click()
  await until('the video to play', () => video.evaluate((each: HTMLVideoElement) => each.currentTime > 0.2))
  expect(await video.getAttribute('data-stream')).toBe('hls')

  await using plain = await visit(place.address, { token: dan.token, javaScriptEnabled: false })
  await plain.goto(`/posts/${id}`)
  const whole = plain.locator('.post video[controls]')
  expect((await plain.request.get((await whole.getAttribute('src'))!)).headers()['content-type']).toBe('video/mp4')
  expect(await plain.locator('.film-controls').isVisible()).toBe(false)
})

test('subtitles are read from a file by keyboard, also when it is older than UTF-8', async () => {
  await using page = await visit(place.address, { token: place.member('ann').token, locale: 'ko' })
  await page.goto(`/files/${fileId}/captions`)
  const lines = (word: Buffer) => Buffer.concat([Buffer.from('1\n00:00:00,000 --> 00:00:01,000\n'), word])
  const words = {
    'UTF-8': Buffer.from('바다'),
    'UTF-16': Buffer.from('\ufeff바다', 'utf16le'),
    'EUC-KR': lines(Buffer.from('b9d9b4d9', 'hex')),
  }
  const text = page.locator('#captions-text')
  for (const [name, buffer] of Object.entries(words)) {
    const chooser = page.waitForEvent('filechooser')
    await page.getByLabel('파일 선택').focus()
    await page.keyboard.press('Enter')
    await (await chooser).setFiles({ name: 'sea.srt', mimeType: 'application/x-subrip', buffer })
    await until(name, async () => (await text.inputValue()).endsWith('바다'))
    expect(await text.evaluate((area) => area === document.activeElement)).toBe(true)
    await text.fill('')
  }
})
