import { expect, test } from 'bun:test'
import {
  BACK,
  codeFor,
  decide,
  exchange,
  HERE,
  queryOf,
  refresh,
  refusedGrant,
  register,
  signedIn,
  withApp,
} from '../../test/oauth-app'

type T = Awaited<ReturnType<typeof withApp>>

async function pageOf(t: T, query: Record<string, string>, more = '') {
  const answer = await t.request(`/oauth/authorize?${new URLSearchParams(query)}${more}`, { browser: t.ann })
  return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() }
}

/** The names and values that the form of the page sends besides its button. */
const hiddenIn = (text: string) =>
  [...text.matchAll(/<input type="hidden" name="([^"]*)"/g)].map(([, name = '']) => name)

test('a request decides nothing before the person does', async () => {
  using t = await withApp()
  const { body: client } = await register(t)
  const query = queryOf(client.client_id, { decision: 'allow', _method: 'DELETE', next: '/evil' })
  const { status, text } = await pageOf(t, query)
  expect([status, hiddenIn(text).sort()]).toEqual([200, Object.keys(queryOf('')).sort()])
  const sent = new URLSearchParams(queryOf(client.client_id)) // as an old page would send it: the button comes last
  const both = `${sent}&decision=allow&decision=deny`
  const headers = {
    cookie: `session=${t.ann.token}`,
    origin: HERE,
    'content-type': 'application/x-www-form-urlencoded',
  }
  const answer = await t.request('/oauth/authorize', {
    method: 'POST',
    body: both,
    headers: { ...headers, host: 'here.test' },
  })
  const back = new URL(answer.headers.get('location')!)
  expect([back.searchParams.get('code'), back.searchParams.get('error')]).toEqual([null, 'access_denied'])
})

test('no link leads people elsewhere by a mistake in it, unless they allowed the app before', async () => {
  using t = await withApp()
  const { body: client } = await register(t)
  const wrong: Record<string, string>[] = [
    { response_type: 'token' },
    { response_mode: 'fragment' },
    { code_challenge: '' },
    { code_challenge_method: '' },
    { code_challenge_method: 's256' },
    { code_challenge: 'too short' },
    { scope: 'everything' },
    { scope: 'admin' },
  ]
  for (const more of wrong) {
    const { status, location, text } = await pageOf(t, queryOf(client.client_id, more))
    expect([more, status, location]).toEqual([more, 422, null])
    expect(text).toContain(`href="${BACK}?error=`)
    expect(text).toContain('state=a+state')
    expect(text).toContain('app.example.org')
  }
  const query = new URLSearchParams(queryOf(client.client_id, { scope: 'everything' }))
  expect((await t.request(`/oauth/authorize?${query}`)).headers.get('location')).toStartWith('/sessions/new?') // a visitor
  await exchange(t, client.client_id, await codeFor(t, client.client_id))
  const known = await pageOf(t, queryOf(client.client_id, { scope: 'everything' }))
  expect([known.status, known.location]).toEqual([303, expect.stringContaining(`${BACK}?error=invalid_scope`)])
})

test('only the registered address is an address of the app, however close another one looks', async () => {
  using t = await withApp()
  const { body: client } = await register(t, { redirect_uris: [BACK, 'http://127.0.0.1/back', 'http://[::1]:80/back'] })
  const close = [
    `${BACK}/`,
    `${BACK}?`,
    `${BACK}%00`,
    `${BACK};x`,
    ` ${BACK}`,
    `${BACK} `,
    `${BACK}/../back`,
    'https://app.example.org:443/back',
    'https://app.example.org./back',
    'https://APP.example.org/back',
    'HTTPS://app.example.org/back',
    '//app.example.org/back',
    'http://app.example.org/back',
    'https://app.example.org.evil.example/back',
    'https://evil.example\\@app.example.org/back',
    'http://127.0.0.1:1@evil.example/back',
    'http://me@127.0.0.1/back',
    'http://127.0.0.1.evil.example/back',
    'http://127.0.0.1:99999/back',
    'http://127.0.0.1:8080/back#x',
    'http://127.0.0.1:8080\\@evil.example/back',
    'http://127.0.0.1:8080/../back',
    'http://127.0.0.1:8080/back?x=1',
    'http://127.1:8080/back',
    'http://0x7f000001:8080/back',
    'http://127.0.0.2:8080/back',
    'http://localhost:8080/back',
    'http://localhost.:8080/back',
    'HTTP://127.0.0.1:8080/back',
    'http://[::ffff:127.0.0.1]:8080/back',
    'http://[0:0:0:0:0:0:0:1]:8080/back',
  ]
  for (const redirect_uri of close) {
    const { status, location } = await pageOf(t, queryOf(client.client_id, { redirect_uri }))
    expect([redirect_uri, status, location]).toEqual([redirect_uri, 422, null])
  }
  expect((await pageOf(t, queryOf(client.client_id), '&redirect_uri=https://evil.example/')).status).toBe(422)
  for (const redirect_uri of ['http://127.0.0.1:8080/back', 'http://[::1]:8080/back', 'http://[::1]/back'])
    expect([redirect_uri, (await pageOf(t, queryOf(client.client_id, { redirect_uri }))).status]).toEqual([
      redirect_uri,
      200,
    ])
})

test('of fifty that use a refresh token at once, one gets tokens, and then all of it has ended', async () => {
  using t = await withApp()
  const { clientId, tokens, reads } = await signedIn(t)
  const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(t, clientId, tokens.refresh_token)))
  const won = answers.filter(({ status }) => status === 200)
  expect([won.length, answers.filter(({ status }) => status === 400).length]).toEqual([1, 49])
  expect([await reads(), await reads(won[0]?.body.access_token)]).toEqual([401, 401])
  expect(await refresh(t, clientId, won[0]?.body.refresh_token)).toEqual(refusedGrant)
})

test('a refresh gives no more than was allowed, and a refused one uses nothing up', async () => {
  using t = await withApp()
  const { clientId, tokens } = await signedIn(t, { scope: 'read write' })
  const ask = (scope: string) =>
    t.form('/oauth/token', {
      grant_type: 'refresh_token',
      client_id: clientId,
      refresh_token: tokens.refresh_token,
      scope,
    })
  for (const scope of ['read coins', 'admin', 'read write coins admin', 'everything'])
    expect([scope, (await ask(scope)).body]).toEqual([
      scope,
      { error: 'invalid_scope', error_description: expect.any(String) },
    ])
  const fine = await ask('read')
  expect([fine.status, fine.body.scope]).toEqual([200, 'read write'])
  const more = { scope: 'read write coins admin' }
  const { body: staffless } = await register(t)
  const code = await codeFor(t, staffless.client_id, more) // ann is no staff
  expect((await exchange(t, staffless.client_id, code)).body.scope).toBe('read write coins')
})

test('an app that registers itself cannot pass off its name as something else', async () => {
  using t = await withApp()
  for (const name of [
    'Frame\u202egnp.exe',
    'Fr\u2066ame',
    'Two\nlines',
    '\u200b\u2060',
    '\u3164',
    ' ',
    'x'.repeat(61),
    7,
  ]) {
    const { status, body } = await register(t, { client_name: name })
    expect([name, status, body.error]).toEqual([name, 400, 'invalid_client_metadata'])
  }
})

test('an app that registers itself cannot pass off its page as that of somebody else', async () => {
  using t = await withApp()
  for (const site of [
    'https://here.test@evil.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://',
    'evil.example',
  ]) {
    const { status, body } = await register(t, { client_uri: site })
    expect([site, status, body.error]).toEqual([site, 400, 'invalid_client_metadata'])
  }
  const { body: client } = await register(t, {
    client_name: '<b>Frame</b>"',
    client_uri: 'https://аррӏе.example/\u202ex',
  })
  expect(client.client_uri).toBe('https://xn--80ak6aa92e.example/%E2%80%AEx')
  const { text } = await pageOf(t, queryOf(client.client_id, { state: '"><script>alert(1)</script>' }))
  expect(text).toContain('<bdi>&lt;b&gt;Frame&lt;/b&gt;&quot;</bdi>')
  expect(text).not.toContain('<script>alert')
  expect(text).not.toContain('аррӏе')
})

test('what the server says of itself is what it does', async () => {
  using t = await withApp()
  const said = (await (await t.request('/.well-known/oauth-authorization-server')).json()) as Record<string, string[]>
  const { body: client } = await register(t)
  for (const scope of said.scopes_supported!.filter((each) => each !== 'admin'))
    expect([scope, (await pageOf(t, queryOf(client.client_id, { scope }))).status]).toEqual([scope, 200])
  for (const response_mode of said.response_modes_supported!)
    expect((await pageOf(t, queryOf(client.client_id, { response_mode }))).status).toBe(200)
  for (const method of said.token_endpoint_auth_methods_supported!)
    expect((await register(t, { token_endpoint_auth_method: method })).body.token_endpoint_auth_method).toBe(method)
  expect((await register(t, { token_endpoint_auth_method: 'private_key_jwt' })).status).toBe(400)
  const { searchParams } = new URL((await decide(t, t.ann, queryOf(client.client_id))).headers.get('location')!)
  expect([...searchParams.keys()].sort()).toEqual(['code', 'iss', 'state'])
  expect(searchParams.get('iss')).toBe(said.issuer as unknown as string)
  for (const grant_type of ['password', 'client_credentials', 'implicit'])
    expect((await t.form('/oauth/token', { grant_type, client_id: client.client_id })).body.error).toBe(
      'unsupported_grant_type',
    )
})
