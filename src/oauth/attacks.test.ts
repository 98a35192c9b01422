import { expect, test } from 'bun:test'
import { problem } from '../../test/harness'
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

test('a code works once, for the app, the address and the secret it was made for, and for two minutes', async () => {
  using t = await withApp()
  const { body: client } = await register(t)
  const { body: thief } = await register(t)
  const code = await codeFor(t, client.client_id)
  expect(await exchange(t, thief.client_id, code)).toEqual(refusedGrant)
  expect(await exchange(t, client.client_id, code, { redirect_uri: `${BACK}/` })).toEqual(refusedGrant)
  expect(await exchange(t, client.client_id, code, { code_verifier: 'w'.repeat(43) })).toEqual(refusedGrant)
  expect(await exchange(t, client.client_id, code, { code_verifier: 'short' })).toEqual(refusedGrant)
  const first = await exchange(t, client.client_id, code)
  const app = { token: first.body.access_token }
  expect((await t.api(app, 'GET /posts')).status).toBe(200)
  expect(await exchange(t, client.client_id, code)).toEqual(refusedGrant)
  expect((await t.api(app, 'GET /posts')).status).toBe(401) // one of the two was a thief
  expect(await refresh(t, client.client_id, first.body.refresh_token)).toEqual(refusedGrant)
  const late = await codeFor(t, client.client_id)
  t.pass(2 * 60_000)
  expect(await exchange(t, client.client_id, late)).toEqual(refusedGrant)
  using db = t.openDatabase()
  expect(JSON.stringify(db.query<object, []>('select * from app_codes').all())).not.toContain(code)
})

test('a refresh token works once; one that comes again ends everything that was allowed', async () => {
  using t = await withApp()
  const { clientId, tokens, reads } = await signedIn(t)
  const other = await signedIn(t)
  const second = (await refresh(t, clientId, tokens.refresh_token)).body
  expect(await refresh(t, other.clientId, second.refresh_token)).toEqual(refusedGrant)
  const third = (await refresh(t, clientId, second.refresh_token)).body
  expect(await reads(third.access_token)).toBe(200)
  expect(await refresh(t, clientId, tokens.refresh_token)).toEqual(refusedGrant)
  expect([await reads(third.access_token), await reads()]).toEqual([401, 401])
  expect(await refresh(t, clientId, third.refresh_token)).toEqual(refusedGrant)
  expect(await other.reads()).toBe(200)
  expect(await refresh(t, clientId, third.access_token)).toEqual(refusedGrant)
  expect((await t.api({ token: other.tokens.refresh_token }, 'GET /posts')).status).toBe(401)
})

test('two exchanges at once give one grant, which the second ends', async () => {
  using t = await withApp()
  const { body: client } = await register(t)
  const code = await codeFor(t, client.client_id)
  const both = await Promise.all([exchange(t, client.client_id, code), exchange(t, client.client_id, code)])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 400])
})

test('a person who signs out before the app has its tokens allowed nothing', async () => {
  using t = await withApp()
  const { body: client } = await register(t)
  const code = await codeFor(t, client.client_id)
  await t.api(t.ann, 'DELETE /sessions/current')
  expect(await exchange(t, client.client_id, code)).toEqual(refusedGrant)
})

test('no other site can press the button, nor does a wrong request lead anywhere', async () => {
  using t = await withApp()
  const { body: client } = await register(t)
  const query = queryOf(client.client_id)
  const press = (headers: Record<string, string>) =>
    t.request('/oauth/authorize', {
      method: 'POST',
      form: { ...query, decision: 'allow' },
      headers: { cookie: `session=${t.ann.token}`, ...headers },
    })
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    {},
  ])
    expect([headers, (await press(headers as Record<string, string>)).status]).toEqual([headers, 403])
  const look = async (more: Record<string, string>) => {
    const answer = await t.request(`/oauth/authorize?${new URLSearchParams({ ...query, ...more })}`, { browser: t.ann })
    return [answer.status, answer.headers.get('location')]
  }
  for (const wrong of [
    { client_id: 'nobody' },
    { redirect_uri: 'https://evil.example/back' },
    { redirect_uri: `${BACK}?next=1` },
    { redirect_uri: `${BACK}#there` },
    { redirect_uri: 'https://app.example.org:8443/back' },
    { redirect_uri: 'https://app.example.org/Back' },
    { redirect_uri: 'https://app.example.org@evil.example/back' },
  ])
    expect([wrong, await look(wrong)]).toEqual([wrong, [422, null]])
  await exchange(t, client.client_id, await codeFor(t, client.client_id)) // from now on ann trusts the app
  const told = async (more: Record<string, string>) => {
    const [status, location] = await look(more)
    const { origin, pathname, searchParams } = new URL(String(location))
    expect([status, origin + pathname, searchParams.get('iss'), searchParams.get('state')]).toEqual([
      303,
      BACK,
      HERE,
      'a state',
    ])
    return searchParams.get('error')
  }
  expect(await told({ response_type: 'token' })).toBe('unsupported_response_type')
  expect(await told({ code_challenge_method: 'plain' })).toBe('invalid_request')
  expect(await told({ code_challenge: '' })).toBe('invalid_request')
  expect(await told({ scope: 'everything' })).toBe('invalid_scope')
  expect(await told({ scope: 'admin' })).toBe('invalid_scope') // ann is no staff
  const denied = new URL((await decide(t, t.ann, query, 'deny')).headers.get('location')!)
  expect(denied.searchParams.get('error')).toBe('access_denied')
  const twice = await t.request(`/oauth/authorize?${new URLSearchParams(query)}&scope=write`, { browser: t.ann })
  expect(new URL(twice.headers.get('location')!).searchParams.get('error')).toBe('invalid_request')
})

test('an app on a device takes any port of its own machine, and a scheme of its own', async () => {
  using t = await withApp()
  const { body: client } = await register(t, { redirect_uris: ['http://127.0.0.1/back', 'org.example.frame:/back'] })
  const status = async (redirect_uri: string) => {
    const query = new URLSearchParams(queryOf(client.client_id, { redirect_uri }))
    const answer = await t.request(`/oauth/authorize?${query}`, { browser: t.ann })
    return [answer.status, /form-action [^;]+/.exec(answer.headers.get('content-security-policy') ?? '')?.[0]]
  }
  expect(await status('http://127.0.0.1:49152/back')).toEqual([200, "form-action 'self' http://127.0.0.1:49152"])
  expect(await status('org.example.frame:/back')).toEqual([200, "form-action 'self' org.example.frame:"])
  for (const wrong of [
    'http://127.0.0.1:49152/other',
    'http://localhost:49152/back',
    'http://[::1]/back',
    'https://127.0.0.1/back',
  ])
    expect([wrong, (await status(wrong))[0]]).toEqual([wrong, 422])
  for (const uri of [
    'http://app.example.org/back',
    'javascript:alert(1)',
    'data:text/html,x',
    'frame:/back',
    'https://a@app.example.org/',
    'https://app.example.org/#x',
    '/back',
    'https://app.example.org/ back',
  ]) {
    const refused = await register(t, { redirect_uris: [uri] })
    expect([uri, refused.status, refused.body.error]).toEqual([uri, 400, 'invalid_redirect_uri'])
    expect(await t.api(t.ann, 'POST /oauth/apps', { name: 'X', redirectUris: [uri] })).toEqual(problem(422, 'invalid'))
  }
})

test('a public community sends visitors to sign in as well, and staff without their second factor allow nothing', async () => {
  using t = await withApp({ PINHOLE_ACCESS: 'public' })
  const { body: client } = await register(t)
  const start = `/oauth/authorize?${new URLSearchParams(queryOf(client.client_id))}`
  expect((await t.request(start)).headers.get('location')).toBe(`/sessions/new?next=${encodeURIComponent(start)}`)
  expect(
    (await t.request('/oauth/authorize', { method: 'POST', form: { ...queryOf(client.client_id), decision: 'allow' } }))
      .status,
  ).toBe(401)
})
