import { afterAll, beforeAll, expect, test } from 'bun:test'
import { until } from '../until'
import { type Community, settle } from './community'
import { type Pinhole, startPinhole } from './executable'
import { expectQuietConsoles, visit } from './visit'

let pinhole: Pinhole
let place: Community

beforeAll(async () => {
  pinhole = await startPinhole({ PINHOLE_RATE_LIMITS: 'off' })
  place = await settle(pinhole, { jieun: '지은', minho: '민호' })
  const jieun = place.member('jieun')
  const photo = await place.paint(jieun, 'sea', { width: 480, height: 600 })
  await place.publish(jieun, [photo], { caption: '겨울바다 산책 #바다' })
})
afterAll(async () => {
  expect(await pinhole.stop()).toEqual({ status: 0, faults: [] })
})
expectQuietConsoles()

test('results come as one types, the keys move through them, and the device remembers the search', async () => {
  await using page = await visit(place.address, { token: place.member('minho').token })
  await page.goto('/')
  await page.keyboard.press('/')
  await page.waitForURL('**/search*')
  await page.locator('input[name=q]:focus').waitFor()
  await page.keyboard.type('ㅂㄷ')
  await page.locator('#found a.what', { hasText: '#바다' }).waitFor()
  await page.locator('#found .tile').waitFor()
  expect(decodeURIComponent(page.url())).toContain('q=ㅂㄷ')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/(tags|posts)\//)
  await page.goBack()
  expect(await page.getByRole('searchbox').inputValue()).toBe('ㅂㄷ')
  await page.goto('/search')
  await page.getByRole('link', { name: 'ㅂㄷ' }).waitFor()
  await page.getByRole('button', { name: 'Clear' }).click()
  expect(await page.getByRole('link', { name: 'ㅂㄷ' }).count()).toBe(0)
})

test('people behind @ and tags behind # are suggested while somebody writes, also in the middle of a syllable', async () => {
  await using page = await visit(place.address, { token: place.member('minho').token })
  await page.goto('/posts/1')
  const comment = page.getByLabel('Your comment')
  const options = page.getByRole('option')
  await comment.pressSequentially('Hello @jie')
  await options.first().waitFor()
  expect(await options.allTextContents()).toEqual(['@jieun 지은 '])
  expect(await comment.getAttribute('aria-activedescendant')).toBe(await options.first().getAttribute('id'))
  await page.keyboard.press('Enter')
  expect(await comment.inputValue()).toBe('Hello @jieun ')

  await comment.pressSequentially('a#b #')
  expect(await options.count()).toBe(0)
  // An input method shows what it has so far, and its Enter ends the syllable instead of choosing.
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Input.imeSetComposition', { text: '바', selectionStart: 1, selectionEnd: 1 })
  await options.getByText('#바다').waitFor()
  await comment.evaluate((area) =>
    area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })),
  )
  expect(await options.count()).toBe(1)
  await devtools.send('Input.insertText', { text: '바' })
  await until('the suggestion', async () => (await options.count()) === 1)
  await page.keyboard.press('Escape')
  expect([await options.count(), await comment.inputValue()]).toEqual([0, 'Hello @jieun a#b #바'])
  await page.keyboard.type('다')
  await options.first().click()
  expect(await comment.inputValue()).toBe('Hello @jieun a#b #바다 ')
})
