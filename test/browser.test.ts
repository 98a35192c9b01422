import { expect, test } from 'bun:test'
import { ko } from '../views/words/ko'
import { moving, newPage } from './browser'

const html = (body: string) => `<!doctype html><meta name="viewport" content="width=device-width"><body>${body}`

test('Hangul is rendered: two different texts produce two different images, and neither is blank', async () => {
  await using page = await newPage({ locale: 'ko' })
  const draw = async (text: string) => {
    await page.setContent(html(`<p style="font: 64px system-ui, sans-serif; width: 2em">${text}</p>`))
    return (await page.locator('p').screenshot()).toString('base64')
  }
  const blank = await draw('&nbsp;')
  const [one, other] = [await draw('사진'), await draw('핀홀')]
  expect(one === blank || other === blank || one === other).toBe(false)
})

test('the font of the test browser has every character of the Korean dictionary', async () => {
  await using page = await newPage({ locale: 'ko' })
  const characters = [...new Set([...Object.keys(ko), ...Object.values(ko)].join(''))].filter((each) => each.trim())
  const missing = await page.evaluate((characters) => {
    const canvas = new OffscreenCanvas(64, 64).getContext('2d', { willReadFrequently: true })!
    canvas.font = '32px sans-serif'
    const draw = (character: string) => {
      canvas.clearRect(0, 0, 64, 64)
      canvas.fillText(character, 8, 48)
      return canvas.getImageData(0, 0, 64, 64).data.join()
    }
    const box = draw('\u{10fffd}') // no font has this character
    return characters.filter((each) => draw(each) === box)
  }, characters)
  expect(characters.length).toBeGreaterThan(300)
  expect(missing).toEqual([])
})

test('a page can be a phone or a desktop, light or dark, in either language, with or without JavaScript', async () => {
  await using phone = await newPage({ device: 'phone', colorScheme: 'dark', locale: 'ko' })
  await using desk = await newPage()
  await using plain = await newPage({ javaScriptEnabled: false })
  const seen = (page: typeof phone) =>
    page.evaluate(() => [
      innerWidth,
      navigator.maxTouchPoints > 0,
      matchMedia('(prefers-color-scheme: dark)').matches,
      navigator.language,
    ])
  for (const page of [phone, desk]) await page.setContent(html(''))
  expect(await seen(phone)).toEqual([390, true, true, 'ko-KR'])
  expect(await seen(desk)).toEqual([1280, false, false, 'en-GB'])
  await plain.goto(
    `data:text/html,${html('<p>as it came</p><script>document.querySelector("p").textContent = "changed"</script>')}`,
  )
  expect(await plain.locator('p').textContent()).toBe('as it came')
})

test('pages move only in tests that are about that', async () => {
  const moves = (page: typeof still) =>
    page.evaluate(() => matchMedia('(prefers-reduced-motion: no-preference)').matches)
  await using still = await newPage()
  await using lively = await newPage(moving)
  expect([await moves(still), await moves(lively)]).toEqual([false, true])
})
