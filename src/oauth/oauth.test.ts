import { expect, test } from 'bun:test'
import * as oauth from 'oauth4webapi'
import { problem } from '../../test/harness'
import {
  BACK,
  codeFor,
  decide,
  exchange,
  HERE,
  PASSWORD,
  queryOf,
  refresh,
  refusedGrant,
  register,
  signedIn,
  VERIFIER,
  withApp,
} from '../../test/oauth-app'

test('an app of somebody else finds this server, registers and signs a member in without seeing a password', async () => {
  using t = await withApp()
  const issuer = new URL(HERE)
  const found = await oauth.discoveryRequest(issuer, { ...t.options, algorithm: 'oauth2' })
  const server = await oauth.processDiscoveryResponse(issuer, found)
  const registered = await oauth.dynamicClientRegistrationRequest(
    server,
    { client_name: 'Frame', redirect_uris: [BACK], token_endpoint_auth_method: 'none' },
    t.options,
  )
  const client = await oauth.processDynamicClientRegistrationResponse(registered)
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const query = queryOf(client.client_id, {
    scope: 'read write',
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  })
  const start = `${new URL(server.authorization_endpoint!).pathname}?${new URLSearchParams(query)}`

  const visitor = await t.request(start)
  expect(visitor.status).toBe(303)
  expect(visitor.headers.get('location')).toBe(`/sessions/new?next=${encodeURIComponent(start)}`)
  const page = await t.request(start, { browser: t.ann })
  const text = await page.text()
  for (const shown of ['Frame', '@ann', 'app.example.org', 'Read everything that you can see', 'Publish, upload'])
    expect(text).toContain(shown)
  expect(text).not.toContain('Spend and receive coins')
  expect(page.headers.get('cache-control')).toBe('no-store')
  const policy = page.headers.get('content-security-policy')
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("form-action 'self' https://app.example.org;")

  const back = await decide(t, t.ann, query)
  const answer = oauth.validateAuthResponse(server, client, new URL(back.headers.get('location')!), state)
  const granted = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    answer,
    BACK,
    verifier,
    t.options,
  )
  expect(granted.headers.get('cache-control')).toBe('no-store')
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, granted)
  expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'read write' })

  const app = { token: tokens.access_token }
  expect((await t.api(app, 'GET /users/account')).body.handle).toBe('ann')
  expect((await t.api(app, 'PUT /follows/bob')).status).toBe(201)
  expect(await t.api(app, 'POST /coins/tips', { handle: 'bob', coins: 1 })).toEqual(
    problem(403, 'insufficient_scope', { scope: 'coins' }),
  )
  for (const call of ['POST /tokens', 'PUT /users/account/password', 'POST /oauth/apps', 'DELETE /oauth/grants/1'])
    expect([call, await t.api(app, call, {})]).toEqual([call, problem(403, 'forbidden')])
  expect((await t.request(`/oauth/authorize?${new URLSearchParams(query)}`, { as: app })).status).toBe(403)

  t.pass(3600_000)
  expect((await t.api(app, 'GET /posts')).status).toBe(401)
  const renewed = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), tokens.refresh_token!, t.options)
  const fresh = await oauth.processRefreshTokenResponse(server, client, renewed)
  expect((await t.api({ token: fresh.access_token }, 'GET /posts')).status).toBe(200)
  const ended = await oauth.revocationRequest(server, client, oauth.None(), fresh.refresh_token!, t.options)
  await oauth.processRevocationResponse(ended)
  expect((await t.api({ token: fresh.access_token }, 'GET /posts')).status).toBe(401)
})

test('what a person allowed ends with removal, a new password, a suspension and the app itself', async () => {
  using t = await withApp()
  const boss = await t.user('boss', { role: 'admin' })
  const { reads, clientId, tokens } = await signedIn(t)
  const { items } = (await t.api(t.ann, 'GET /oauth/grants')).body
  expect(items).toMatchObject([{ name: 'Frame', scopes: ['read'] }])
  expect((await t.api(t.ann, 'GET /tokens')).body.items).toEqual([])
  expect((await t.api(t.bob, `DELETE /oauth/grants/${items[0].id}`)).status).toBe(204)
  expect(await reads()).toBe(200)
  expect((await t.api(t.ann, `DELETE /oauth/grants/${items[0].id}`)).status).toBe(204)
  expect([await reads(), (await t.api(t.ann, 'GET /oauth/grants')).body.items]).toEqual([401, []])
  expect(await refresh(t, clientId, tokens.refresh_token)).toEqual(refusedGrant)

  const again = await signedIn(t)
  const waiting = await codeFor(t, again.clientId)
  const changed = { current: PASSWORD, password: 'another long password' }
  const elsewhere = await t.api(null, 'POST /sessions', { handle: 'ann', password: PASSWORD })
  await t.api({ token: elsewhere.body.token }, 'PUT /users/account/password', changed)
  expect([await again.reads(), await exchange(t, again.clientId, waiting)]).toEqual([401, refusedGrant])

  const { body: own } = await t.api(boss, 'POST /oauth/apps', { name: 'Mine', redirectUris: [BACK] })
  const code = await codeFor(t, own.clientId, {}, t.bob)
  const { body: bobs } = await exchange(t, own.clientId, code)
  const bobReads = async () => (await t.api({ token: bobs.access_token }, 'GET /posts')).status
  expect((await t.api(t.bob, `DELETE /oauth/apps/${own.id}`)).status).toBe(204)
  expect(await bobReads()).toBe(200)
  expect((await t.api(boss, `DELETE /oauth/apps/${own.id}`)).status).toBe(204)
  expect(await bobReads()).toBe(401)
  expect(
    (await t.request(`/oauth/authorize?${new URLSearchParams(queryOf(own.clientId))}`, { browser: t.bob })).status,
  ).toBe(422)

  const carl = await t.user('carl')
  const third = (await register(t)).body.client_id
  const { body: carls } = await exchange(t, third, await codeFor(t, third, {}, carl))
  await t.api(boss, 'PUT /admin/users/carl/suspension', { reason: 'a try' })
  expect((await t.api({ token: carls.access_token }, 'GET /posts')).status).toBe(401)
  expect(await refresh(t, third, carls.refresh_token)).toEqual(refusedGrant)
})

test('an app with a secret proves itself in one of two ways, and never without', async () => {
  using t = await withApp()
  const { body: app } = await t.api(t.bob, 'POST /oauth/apps', {
    name: 'Server',
    redirectUris: [BACK],
    confidential: true,
  })
  expect([app.confidential, typeof app.clientSecret]).toEqual([true, 'string'])
  expect((await t.api(t.bob, 'GET /oauth/apps')).body.items[0]).not.toHaveProperty('clientSecret')
  const code = await codeFor(t, app.clientId)
  const basic = (secret: string) => ({ authorization: `Basic ${btoa(`${app.clientId}:${secret}`)}` })
  const fields = { grant_type: 'authorization_code', code, redirect_uri: BACK, code_verifier: VERIFIER }
  const unknown = { error: 'invalid_client', error_description: expect.any(String) }
  for (const [more, headers] of [
    [{}, {}],
    [{ client_id: app.clientId }, {}],
    [{ client_id: app.clientId, client_secret: 'wrong' }, {}],
    [{}, basic('wrong')],
    [{ client_id: 'another' }, basic(app.clientSecret)],
  ] as [Record<string, string>, Record<string, string>][]) {
    const refused = await t.form('/oauth/token', { ...fields, ...more }, headers)
    expect([refused.status, refused.body]).toEqual([401, unknown])
    expect(refused.headers.get('www-authenticate')).toStartWith('Basic')
  }
  const given = await t.form('/oauth/token', fields, basic(app.clientSecret))
  expect(given.status).toBe(200)
  const renewed = await t.form('/oauth/token', {
    grant_type: 'refresh_token',
    refresh_token: given.body.refresh_token,
    client_id: app.clientId,
    client_secret: app.clientSecret,
  })
  expect(renewed.status).toBe(200)
  const { body: changed } = await t.api(t.bob, `PUT /oauth/apps/${app.id}/secret`, {})
  expect((await t.form('/oauth/token', fields, basic(app.clientSecret))).status).toBe(401)
  expect(await t.form('/oauth/token', fields, basic(changed.clientSecret))).toEqual(refusedGrant)
  expect(await t.api(t.ann, `PUT /oauth/apps/${app.id}/secret`, {})).toEqual(problem(404, 'not_found'))
})

test('registration is limited, checks what it is given, and forgets apps that nobody uses', async () => {
  using t = await withApp()
  const used = await signedIn(t)
  const wrong = await register(t, { client_name: '' })
  expect([wrong.status, wrong.body.error]).toEqual([400, 'invalid_client_metadata'])
  expect((await register(t, { grant_types: ['password'] })).body.error).toBe('invalid_client_metadata')
  const { body: secret } = await register(t, {
    token_endpoint_auth_method: 'client_secret_post',
    tos_uri: 'https://x.example',
  })
  expect(secret).toMatchObject({ client_secret: expect.any(String), client_secret_expires_at: 0 })
  for (let n = 0; n < 6; n++) await register(t)
  expect((await register(t)).status).toBe(429)
  t.pass(8 * 24 * 3600_000)
  await t.runJobs()
  const { forgetUnusedApps } = await import('./apps')
  await t.app.write((tx) => forgetUnusedApps(tx, t.app.now()))
  using db = t.openDatabase()
  expect(db.query<{ client_id: string }, []>('select client_id from apps').all()).toEqual([
    { client_id: used.clientId },
  ])
})

test('pages list, register and remove apps without scripts, in Korean too', async () => {
  using t = await withApp()
  const send = (path: string, form: Record<string, string>) => t.request(path, { browser: t.ann, method: 'POST', form })
  const wrong = await send('/oauth/apps', {
    name: 'Server',
    redirectUris: 'http://nowhere.example/',
    confidential: 'on',
  })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('value="Server"')
  const made = await (
    await send('/oauth/apps', { name: 'Server', redirectUris: `${BACK}\n`, confidential: 'on' })
  ).text()
  expect(made.match(/<code class="key">/g)).toHaveLength(2)
  const page = async (path: string) =>
    (await t.request(path, { browser: t.ann, headers: { 'accept-language': 'ko' } })).text()
  expect(await page('/oauth/apps')).toContain('내가 만드는 앱')
  const { clientId } = (await t.api(t.ann, 'GET /oauth/apps')).body.items[0]
  expect(await page(`/oauth/authorize?${new URLSearchParams(queryOf(clientId))}`)).toContain('허용 안 함')
  await signedIn(t)
  expect(await page('/oauth/grants')).toContain('Frame')
  const [{ id }] = (await t.api(t.ann, 'GET /oauth/grants')).body.items
  expect((await send(`/oauth/grants/${id}?_method=DELETE`, {})).status).toBe(303)
  expect(await page('/oauth/grants')).toContain('허용한 앱이 없어요')
})
