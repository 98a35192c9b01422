import type { Context } from 'hono'
import { Hono } from 'hono'
import { SCOPES } from '../../shapes/tokens'
import type { Env } from '../context'
import { originOf } from '../http/client'

/** The addresses at which apps find out about this server by themselves (RFC 8414 and RFC 9728). */
export const appMetadata = new Hono<Env>()
  .get('/.well-known/oauth-authorization-server', (c) => {
    const issuer = originOf(c)
    const methods = ['client_secret_basic', 'client_secret_post', 'none']
    return metadata(c, {
      issuer,
      authorization_endpoint: `${issuer}/oauth/authorize`,
      token_endpoint: `${issuer}/oauth/token`,
      revocation_endpoint: `${issuer}/oauth/revoke`,
      registration_endpoint: `${issuer}/oauth/register`,
      service_documentation: `${issuer}/api/docs`,
      scopes_supported: SCOPES,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: methods,
      revocation_endpoint_auth_methods_supported: methods,
      authorization_response_iss_parameter_supported: true,
    })
  })
  .get('/.well-known/oauth-protected-resource', (c) => {
    const origin = originOf(c)
    return metadata(c, {
      resource: origin,
      authorization_servers: [origin],
      scopes_supported: SCOPES,
      bearer_methods_supported: ['header'],
      resource_documentation: `${origin}/api/docs`,
    })
  })

/** Says nothing about anybody, so pages of other sites may read it. */
const metadata = (c: Context<Env>, body: object) => c.json(body, 200, { 'cache-control': 'public, max-age=3600' })
