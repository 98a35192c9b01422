import { expect, test } from 'bun:test'
import { newPage } from './browser'

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
