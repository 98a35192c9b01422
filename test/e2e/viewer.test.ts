import { expect, test } from 'bun:test'
import { moving } from '../browser'
import { makeClips } from '../clips'
import { testApp } from '../harness'
import { photo } from '../photos'
import { expectQuietConsoles, visit } from './visit'

expectQuietConsoles()

test('the viewer shows the videos of a post where the carousel has them, and goes on where they were', async () => {
  using t = await testApp()
  const clips = await makeClips(['phone.mp4'])
  const ann = await t.user('ann')
  const upload = async (bytes: Blob, name: string): Promise<number> => {
    const body = new FormData()
    body.append('file', bytes, name)
    return (await (await t.request('/api/files', { method: 'POST', as: ann, body })).json()).id
  }
  const picture = async () => new Blob([new Uint8Array(await photo().jpeg().toBuffer())])
  const fileIds = [
    await upload(await picture(), 'a.jpg'),
    await upload(Bun.file(clips('phone.mp4')), 'film.mp4'),
    await upload(await picture(), 'b.jpg'),
  ]
  await t.runJobs()
  const post = await t.post(ann, { fileIds })
  using server = t.listen()
  await using page = await visit(server.url.origin, { token: ann.token, ...moving })
  await page.goto(`/posts/${post.id}`)
  await page.locator('a[data-photo]').first().click()
  const position = page.locator('#viewer .position')
  const says = (text: string) =>
    page.waitForFunction((wanted) => document.querySelector('#viewer .position')?.textContent === wanted, text)
  await says('1 / 3')
  await page.keyboard.press('ArrowRight')
  await says('2 / 3')
  const film = page.locator('#viewer video')
  await film.evaluate((video: HTMLVideoElement) => {
    video.currentTime = 0.5
  })
  await page.keyboard.press('ArrowRight')
  await says('3 / 3')
  await page.keyboard.press('ArrowLeft')
  await says('2 / 3')
  await page.keyboard.press('Escape')
  // The dialog tells of its end a moment after it is gone, and then the player on the page goes on.
  await page.waitForFunction(() => document.querySelector<HTMLVideoElement>('.carousel video')?.currentTime === 0.5)
  expect(await position.isVisible()).toBe(false)
  // in the carousel, the video fills the frame of the first picture, in whose middle its own picture stands
  const video = page.locator('.carousel video')
  expect(
    await video.evaluate((each: HTMLVideoElement) => [
      each.offsetHeight === each.closest('li')?.offsetHeight,
      getComputedStyle(each).objectFit,
    ]),
  ).toEqual([true, 'contain'])
  const slides = page.locator('.carousel .slides')
  expect(await slides.evaluate((each) => Math.round(each.scrollLeft / each.clientWidth))).toBe(1)
})
