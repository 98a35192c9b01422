import { type Context, Hono } from 'hono'
import { registeredSchema, registrationSchema, tokensSchema } from '../../shapes/apps'
import type { Env } from '../context'
import { api } from '../http/api'
import { limitKeyOf } from '../http/client'
import { textOf } from '../http/text'
import { ACCESS_S, endGrantOf, refreshGrant } from '../sessions/app-grants'
import type { Session } from '../sessions/table'
import { registerApp } from './apps'
import { clientOf } from './client'
import { redeemCode } from './codes'
import { answerApp, forApp, OAuthError } from './errors'
import { formOf, required, scopesOf } from './parameters'
import { isRedirectUri } from './redirects'
import type { AppRow } from './table'

const invalidGrant = () =>
  new OAuthError('invalid_grant', 'The code or the refresh token is not valid, was used before, or has ended.')

async function byCode(c: Context<Env>, app: AppRow, form: Record<string, string>): Promise<Session | undefined> {
  const { now } = c.var.app
  const [code, redirectUri, verifier] = [
    required(form, 'code'),
    required(form, 'redirect_uri'),
    required(form, 'code_verifier'),
  ]
  if (!/^[\w.~-]{43,128}$/.test(verifier)) throw invalidGrant()
  return c.var.write((tx) => redeemCode(tx, app, { code, redirectUri, verifier }, now()))
}

async function byRefreshToken(
  c: Context<Env>,
  app: AppRow,
  form: Record<string, string>,
): Promise<Session | undefined> {
  const { now, refreshTokens } = c.var.app
  const shown = await refreshTokens.read(required(form, 'refresh_token'))
  if (!shown) return undefined
  const asked = form.scope ? scopesOf(form.scope) : []
  return c.var.write(async (tx) => {
    const grant = await refreshGrant(tx, app, shown, now())
    if (grant && asked.some((scope) => !grant.scopes?.includes(scope)))
      throw new OAuthError('invalid_scope', 'The person did not allow all of these scopes. Ask them again.')
    return grant
  })
}

async function tokensOf(c: Context<Env>, grant: Session) {
  const { sessionTokens, refreshTokens, now } = c.var.app
  const expiresAt = new Date(+now() + ACCESS_S * 1000)
  return {
    access_token: await sessionTokens.sign({ ...grant, expiresAt }),
    token_type: 'Bearer',
    expires_in: ACCESS_S,
    refresh_token: await refreshTokens.sign(grant),
    scope: (grant.scopes ?? []).join(' '),
  }
}

/** The calls that apps make themselves. No cookie counts here. */
export const appCalls = new Hono<Env>()
  .post(
    '/token',
    api(
      'Exchange a code, or a refresh token, for new tokens (RFC 6749; send a form). Apps only. Errors are ' +
        '`{error, error_description}`.',
      { answers: tokensSchema, errors: [400, 401] },
    ),
    (c) =>
      forApp(c, async () => {
        const form = await formOf(c)
        const app = await clientOf(c, form)
        const type = required(form, 'grant_type')
        if (type !== 'authorization_code' && type !== 'refresh_token')
          throw new OAuthError('unsupported_grant_type', 'The grant type must be authorization_code or refresh_token.')
        if (form.scope) scopesOf(form.scope) // All tokens of a grant have its scopes, which the answer names.
        const grant = await (type === 'refresh_token' ? byRefreshToken : byCode)(c, app, form)
        if (!grant) throw invalidGrant()
        return answerApp(c, await tokensOf(c, grant))
      }),
  )
  .post(
    '/revoke',
    api('End what a token of an app opens (RFC 7009; send a form). Apps only.', { errors: [400, 401] }),
    (c) =>
      forApp(c, async () => {
        const { now, refreshTokens, sessionTokens } = c.var.app
        const form = await formOf(c)
        const app = await clientOf(c, form)
        const token = required(form, 'token')
        const sessionId =
          (await refreshTokens.read(token))?.sessionId ?? (await sessionTokens.read(token))?.sessionId ?? null
        if (sessionId) await c.var.write((tx) => endGrantOf(tx, app, sessionId, now()))
        c.header('cache-control', 'no-store')
        return c.body(null, 200)
      }),
  )
  .post(
    '/register',
    api('Register an app (RFC 7591). Errors are `{error, error_description}`.', {
      body: registrationSchema,
      made: registeredSchema,
      errors: [400, 429],
    }),
    (c) =>
      forApp(c, async () => {
        const { limits, now } = c.var.app
        await limits.take('apps', limitKeyOf(c))
        const { client_name: name, redirect_uris: redirectUris, client_uri: site, ...rest } = await metadataOf(c)
        const confidential = rest.token_endpoint_auth_method !== 'none'
        const { app, secret } = await c.var.write((tx) =>
          registerApp(tx, null, { name, redirectUris, site, confidential }, now()),
        )
        return answerApp(
          c,
          {
            client_id: app.clientId,
            client_id_issued_at: Math.floor(+app.createdAt / 1000),
            ...(secret && { client_secret: secret, client_secret_expires_at: 0 }),
            client_name: name,
            ...(site && { client_uri: site }),
            redirect_uris: redirectUris,
            ...rest,
          },
          201,
        )
      }),
  )

async function metadataOf(c: Context<Env>) {
  const text = await textOf(c, false)
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    throw new OAuthError('invalid_client_metadata', 'The body is not valid JSON.')
  }
  const { data, error } = registrationSchema.safeParse(given)
  if (!data) {
    const [issue] = error.issues
    const path = issue?.path.join('.') ?? ''
    throw new OAuthError(
      path.startsWith('redirect_uris') ? 'invalid_redirect_uri' : 'invalid_client_metadata',
      `${path}: ${issue?.message}`,
    )
  }
  if (!data.redirect_uris.every(isRedirectUri))
    throw new OAuthError(
      'invalid_redirect_uri',
      'Use https, http on 127.0.0.1, [::1] or localhost, or a scheme that is a domain in reverse order.',
    )
  return data
}
