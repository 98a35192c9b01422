import { expect, test } from 'bun:test'
import { newPage } from '../browser'
import { testApp } from '../harness'

const PASSWORD = 'a long password'

/** The website of somebody else's app. It keeps the addresses at which people came back. */
function someWebsite() {
  const visits: URL[] = []
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch(request) {
      visits.push(new URL(request.url))
      return new Response('<title>Back</title>', { headers: { 'content-type': 'text/html' } })
    },
  })
  return { visits, origin: `http://127.0.0.1:${server.port}`, [Symbol.dispose]: () => void server.stop(true) }
}

test('a person who is signed out signs in on the way, sees what an app asks for, and comes back to it', async () => {
  using t = await testApp()
  await t.user('ann', { password: PASSWORD })
  using server = t.listen()
  using site = someWebsite()
  const origin = `http://127.0.0.1:${server.port}`
  const metadata = {
    client_name: 'Frame',
    redirect_uris: ['http://127.0.0.1/back'],
    token_endpoint_auth_method: 'none',
  }
  const registered = await fetch(`${origin}/oauth/register`, { method: 'POST', body: JSON.stringify(metadata) })
  const { client_id } = (await registered.json()) as { client_id: string }
  const query = new URLSearchParams({
    response_type: 'code',
    client_id,
    redirect_uri: `${site.origin}/back`,
    scope: 'read write',
    state: 'mine',
    code_challenge: 'c'.repeat(43),
    code_challenge_method: 'S256',
  })
  await using page = await newPage({ device: 'phone', javaScriptEnabled: false })
  for (const decision of ['Do not allow', 'Allow']) {
    await page.goto(`${origin}/oauth/authorize?${query}`)
    if (decision === 'Do not allow') {
      await page.fill('[name=handle]', 'ann')
      await page.fill('[name=password]', PASSWORD)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    }
    await page.getByRole('heading', { name: 'Frame' }).waitFor()
    expect(await page.getByText('Publish, upload and change').count()).toBe(1)
    await page.getByRole('button', { name: decision, exact: true }).click()
    await page.waitForURL(`${site.origin}/back?*`)
  }
  const answers = site.visits.filter(({ pathname }) => pathname === '/back').map(({ searchParams }) => searchParams)
  expect(answers.map((each) => [each.get('error'), each.has('code'), each.get('state'), each.get('iss')])).toEqual([
    ['access_denied', false, 'mine', origin],
    [null, true, 'mine', origin],
  ])
})
