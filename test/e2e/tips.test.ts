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
    expect(await amounts.allTextContents()).toEqual(['2 coins', '5 coins', '10 coins'])
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
