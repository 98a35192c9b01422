import { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import type { OpenAPIV3_1 } from 'openapi-types'
import { DocsPage } from '../../views/docs'
import type { Env } from '../context'
import { originOf } from '../http/client'
import { reply } from '../http/reply'
import { version } from '../version'

const security = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of a session, from `POST /api/sessions`, or a personal token, from `POST /api/tokens`.',
  },
  app: {
    type: 'oauth2',
    description: 'An app of somebody else, which a member allows to act for them (OAuth 2.1 with PKCE).',
    flows: {
      authorizationCode: {
        authorizationUrl: '/oauth/authorize',
        tokenUrl: '/oauth/token',
        refreshUrl: '/oauth/token',
        scopes: {
          read: 'Read everything that the member can see.',
          write: 'Publish, upload and change.',
          coins: 'Spend and receive coins.',
          admin: 'Use the staff desk.',
        },
      },
    },
  },
} as const

/** Documents the API with the schemas that validate its requests. `resources` contains all routes. */
export function docs(resources: Hono<Env>) {
  let made: Promise<OpenAPIV3_1.Document> | undefined
  const describe = (siteName: string) =>
    generateSpecs(new Hono<Env>().route('/api', resources), {
      documentation: {
        info: {
          title: `${siteName} API`,
          version,
          description: 'Scripts can do everything here that people can do in the browser.',
        },
        components: { securitySchemes: security },
        security: [{ token: [] }, { app: [] }],
      },
      excludeStaticFile: false,
    }) as Promise<OpenAPIV3_1.Document>

  return new Hono<Env>()
    .get('/openapi.json', async (c) => {
      made ??= describe(c.var.app.settings().siteName)
      return c.json({ ...(await made), servers: [{ url: originOf(c) }] }, 200, { 'cache-control': 'private, no-cache' })
    })
    .get('/docs', async (c) => {
      made ??= describe(c.var.app.settings().siteName)
      const spec = await made
      c.set('format', 'page')
      return reply(c, { json: () => spec, page: () => <DocsPage spec={spec} /> })
    })
}
