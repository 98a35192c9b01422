import { expect, test } from 'bun:test'
import { newPage } from '../browser'
import { tossMarket } from '../toss-market'

/** Stands for the provider's script: it sends the browser on as the real one does after an approval. */
const SCRIPT = `
  globalThis.TossPayments = (clientKey) => ({
    payment: ({ customerKey }) => ({
      async requestPayment(request) {
        if (request.method === 'TRANSFER') throw Object.assign(new Error('중단'), { code: 'USER_CANCEL' })
        const query = await (await fetch('/fake-window', {
          method: 'POST', body: JSON.stringify({ clientKey, customerKey, ...request }),
        })).text()
        location.href = request.successUrl + '?' + query
      },
    }),
  })
  TossPayments.ANONYMOUS = 'ANONYMOUS'
`

test('a buyer pays in the window of the provider and comes back to the coins', async () => {
  await using m = await tossMarket()
  using server = m.listen()
  const { id, order } = await m.begin(m.bob)
  await using page = await newPage({ locale: 'ko' })
  const { origin } = server.url
  await page.context().addCookies([{ name: 'session', value: m.bob.token, url: origin }])
  await page.route('https://js.tosspayments.com/v2/standard', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: SCRIPT }),
  )
  let asked: unknown
  await page.route('**/fake-window', (route) => {
    asked = JSON.parse(route.request().postData() ?? '')
    return route.fulfill({ body: String(m.fake.approve(order, 5000)) })
  })
  await page.goto(`${origin}/coins/checkouts/${id}/pay`)
  expect(await page.locator('#pay').innerText()).toContain('5,000원')
  await page.click('[data-pay=TRANSFER]')
  await page.click('[data-pay=CARD]')
  await page.waitForURL(`${origin}/coins/checkouts/${id}`)
  expect(await page.locator('#checkout h2').innerText()).toBe('코인 100개가 충전됐어요')
  expect(asked).toMatchObject({
    clientKey: 'test_ck_pinhole',
    customerKey: 'ANONYMOUS',
    method: 'CARD',
    amount: { currency: 'KRW', value: 5000 },
    orderId: order,
    successUrl: `${origin}/coins/checkouts/${id}/return`,
  })
  expect((await m.wallet(m.bob)).balance).toBe(100)
})
