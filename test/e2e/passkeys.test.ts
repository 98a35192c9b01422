import { expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { newPage } from '../browser'
import { type As, testApp } from '../harness'
import { PASSWORD } from '../mail-app'

/** Gives the browser a device with a fingerprint reader, which keeps passkeys and presses itself. */
async function giveDevice(page: Page) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const agree = (isUserVerified: boolean) =>
    devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
  return { agree }
}

test('people sign up, sign in, confirm and add devices by passkeys in a browser, without a password', async () => {
  using t = await testApp({ PINHOLE_REGISTRATION: 'open' })
  using server = t.listen()
  const origin = `http://localhost:${server.port}`
  await using page = await newPage()
  const device = await giveDevice(page)

  await page.goto(`${origin}/users/new`)
  await page.fill('[name=displayName]', 'Mina')
  await page.fill('[name=handle]', 'mina')
  await page.click('[data-passkey=join]')
  await page.waitForURL(`${origin}/`)
  const cookie = (await page.context().cookies()).find(({ name }) => name === 'session')
  const mina: As = { token: cookie!.value }
  expect((await t.api(mina, 'GET /users/account')).body).toMatchObject({
    hasPassword: false,
    passkeys: 1,
    timeZone: 'Asia/Seoul',
  })

  await page.goto(`${origin}/users/account`)
  await device.agree(false) // before the page that asks for a passkey as soon as it is open
  await page.click('form[action^="/sessions/current"] button')
  await page.waitForURL(`${origin}/sessions/new`)
  await page.click('form[data-passkey=sign-in] button')
  await page.getByText('The passkey was not used. You can try again.').waitFor()
  await device.agree(true)
  await page.click('form[data-passkey=sign-in] button')
  await page.waitForURL(`${origin}/`)

  // The passkey of the sign-in stands in for the password for a while, and is asked for after that.
  await page.goto(`${origin}/tokens`)
  expect(await page.getByText('You have just used a passkey').count()).toBe(1)
  t.pass(11 * 60_000)
  await page.reload()
  expect(await page.locator('input[type=password]').count()).toBe(0)
  await page.click('[data-passkey=prove]')
  await page.getByText('You have just used a passkey').waitFor()

  await page.goto(`${origin}/users/account/passkeys`)
  await page.click('form[data-passkey=add] button')
  await page.getByText('This device already has a passkey for this account.').waitFor()

  // Ann has a password, and adds a passkey on a page in Korean.
  const ann = await t.user('ann', { password: PASSWORD })
  await using korean = await newPage({ device: 'phone', locale: 'ko' })
  await giveDevice(korean)
  await korean.context().addCookies([{ name: 'session', value: ann.token, url: origin }])
  await korean.goto(`${origin}/users/account/passkeys`)
  await korean.fill('[name=name]', '휴대폰')
  await korean.fill('[name=password]', 'a wrong password')
  await korean.click('form[data-passkey=add] button')
  await korean.locator('.problem').waitFor()
  await korean.fill('[name=password]', PASSWORD)
  await korean.click('form[data-passkey=add] button')
  await korean.locator('li.device').getByText('휴대폰').first().waitFor()
  expect((await t.api(ann, 'GET /users/account')).body.passkeys).toBe(1)
  await korean.click('li.device summary')
  await korean.click('li.device .danger')
  await korean.locator('li.device').waitFor({ state: 'detached' })
  expect((await t.api(ann, 'GET /users/account')).body.passkeys).toBe(0)
})
