import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type Community, settle } from './community'
import { type Pinhole, startPinhole } from './executable'
import { expectQuietConsoles, visit } from './visit'

let pinhole: Pinhole
let place: Community

beforeAll(async () => {
  pinhole = await startPinhole({ PINHOLE_RATE_LIMITS: 'off' })
  place = await settle(pinhole, { ann: 'Ann', bob: 'Bob' })
  await place.call('/admin/users/bob/grants', { as: place.member('keeper'), json: { coins: 12 } })
})
afterAll(async () => {
  expect(await pinhole.stop()).toEqual({ status: 0, faults: [] })
})
expectQuietConsoles()

for (const javaScriptEnabled of [true, false])
  test(`usual amounts fill the field in, ${javaScriptEnabled ? 'and the page says what is left' : 'also without JavaScript'}`, async () => {
    await using page = await visit(place.address, {
      token: place.member('bob').token,
      device: 'phone',
      javaScriptEnabled,
    })
    await page.goto('/coins/tips/new?handle=ann')
    const amounts = page.getByRole('navigation', { name: 'Usual amounts' }).getByRole('link')
    const field = page.getByRole('spinbutton', { name: 'Coins' })
    const left = javaScriptEnabled ? ['', '', ''] : ['\n10 left', '\n7 left', '\n2 left']
    expect(await amounts.allInnerTexts()).toEqual(['2 coins', '5 coins', '10 coins'].map((text, n) => text + left[n]))
    expect(await page.getByText('You have 12 coins.').isVisible()).toBe(true)
    await page.getByLabel('Message').fill('thanks')
    await amounts.getByText('10 coins').tap()
    await page.locator('[data-amount="10"][aria-current]').waitFor()
    expect(await field.inputValue()).toBe('10')
    if (!javaScriptEnabled) return
    expect(await page.getByLabel('Message').inputValue()).toBe('thanks')
    expect(await page.getByText('you will have 2 coins left').isVisible()).toBe(true)
    await field.fill('13')
    expect(await page.getByText('You are 1 coin short.').isVisible()).toBe(true)
    expect(await page.locator('[data-amount][aria-current]').count()).toBe(0)
  })

for (const javaScriptEnabled of [true, false])
  test(`an amount from a link is said with what is left of the coins${javaScriptEnabled ? '' : ', also without JavaScript'}`, async () => {
    await using page = await visit(place.address, { token: place.member('bob').token, javaScriptEnabled })
    const said = async (coins: number) => {
      await page.goto(`/coins/tips/new?handle=ann&coins=${coins}`)
      return page.locator('main form p:visible').allInnerTexts()
    }
    const texts = [await said(7), await said(13), await said(5)]
    expect(texts).toEqual(
      javaScriptEnabled
        ? [
            ['After this tip, you will have 5 coins left.'],
            ['You are 1 coin short.'],
            ['After this tip, you will have 7 coins left.'],
          ]
        : [['A tip of 7 coins leaves you 5 coins.'], ['For a tip of 13 coins, you are 1 coin short.'], []], // a button says the last
    )
  })
