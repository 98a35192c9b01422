import { expect } from 'bun:test'
import * as oauth from 'oauth4webapi'
import { type Json, type Somebody, testApp } from './harness'

export const HERE = 'http://here.test'
export const BACK = 'https://app.example.org/back'
export const PASSWORD = 'a long password'

type T = Awaited<ReturnType<typeof withApp>>

/** A community, and the `fetch` by which an app of somebody else reaches it. It sends no cookie. */
export async function withApp(env: Record<string, string> = {}) {
  const t = await testApp({ PINHOLE_URL: HERE, ...env })
  const ann = await t.user('ann', { password: PASSWORD })
  const bob = await t.user('bob', { password: PASSWORD })
  const reach = (url: string, init: RequestInit = {}) => {
    const { pathname, search } = new URL(url)
    return t.request(pathname + search, init as never) as Promise<Response>
  }
  const options = { [oauth.customFetch]: reach as never, [oauth.allowInsecureRequests]: true }
  const form = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const answer = await t.request(path, { method: 'POST', form: fields, headers })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined }
  }
  return Object.assign(t, { ann, bob, options, form })
}

export const register = async (t: T, more: object = {}) => {
  const body = { client_name: 'Frame', redirect_uris: [BACK], token_endpoint_auth_method: 'none', ...more }
  const answer = await t.request('/oauth/register', { method: 'POST', json: body })
  return { status: answer.status, body: (await answer.json()) as Json }
}

export const VERIFIER = 'v'.repeat(43)
const challenge = await oauth.calculatePKCECodeChallenge(VERIFIER)

export const queryOf = (clientId: string, more: Record<string, string> = {}) => ({
  response_type: 'code',
  client_id: clientId,
  redirect_uri: BACK,
  code_challenge: challenge,
  code_challenge_method: 'S256',
  scope: 'read',
  state: 'a state',
  ...more,
})

/** What the browser of a person sends when they press Allow. */
export const decide = (t: T, who: Somebody, query: Record<string, string>, decision = 'allow') =>
  t.request('/oauth/authorize', { browser: who, method: 'POST', form: { ...query, decision } })

export async function codeFor(t: T, clientId: string, more: Record<string, string> = {}, who = t.ann): Promise<string> {
  const answer = await decide(t, who, queryOf(clientId, more))
  expect(answer.status).toBe(303)
  return new URL(answer.headers.get('location')!).searchParams.get('code')!
}

export const exchange = (t: T, clientId: string, code: string, more: Record<string, string> = {}) =>
  t.form('/oauth/token', {
    grant_type: 'authorization_code',
    client_id: clientId,
    code,
    redirect_uri: BACK,
    code_verifier: VERIFIER,
    ...more,
  })

export const refresh = (t: T, clientId: string, token: string) =>
  t.form('/oauth/token', { grant_type: 'refresh_token', client_id: clientId, refresh_token: token })

/** An app that ann allowed to read. */
export async function signedIn(t: T, more: Record<string, string> = {}) {
  const { body: client } = await register(t)
  const { body: tokens } = await exchange(t, client.client_id, await codeFor(t, client.client_id, more))
  const reads = async (token = tokens.access_token) => (await t.api({ token }, 'GET /posts')).status
  return { clientId: client.client_id as string, tokens, reads }
}

export const refusedGrant = expect.objectContaining({
  status: 400,
  body: { error: 'invalid_grant', error_description: expect.any(String) },
})
