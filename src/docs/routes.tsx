import { type Context, Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import type { OpenAPIV3_1 } from 'openapi-types'
import { DocsPage } from '../../views/docs'
import type { Env } from '../context'
import { originOf } from '../http/client'
import { reply } from '../http/reply'
import { version } from '../version'
import { complete } from './complete'

const securitySchemes = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description:
      'The token of a session, from `POST /api/sessions`, which may do everything that its person may, or a personal ' +
      'token, from `POST /api/tokens`, which may do what its scopes allow. Each call names the scope that it needs.',
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

const description = `Scripts can do everything here that people can do in the browser.

Bodies are JSON in UTF-8. Ids and coins are integers, and times are ISO 8601 in UTC. Lists come in pages: send the
\`nextCursor\` of one page as \`cursor\` to get the next. Refusals are problems (RFC 9457); check their \`code\`.
\`HEAD\` answers like \`GET\` without a body, \`OPTIONS\` with the methods of an address, and a method that an address
does not have is refused with 405 and \`Allow\`. New members of answers may be added at any time.`

/**
 * Documents the API with the schemas that validate its requests. `resources` contains all routes, and `others` describes
 * calls that are not made of such schemas.
 */
export function docs(resources: Hono<Env>, others: OpenAPIV3_1.PathsObject) {
  const made = new Map<string, Promise<OpenAPIV3_1.Document>>()

  async function describe(access: 'members' | 'public') {
    const document = (await generateSpecs(new Hono<Env>().route('/api', resources), {
      documentation: {
        info: {
          title: '',
          version,
          description,
          license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
        },
        components: { securitySchemes },
        paths: structuredClone(others),
      },
      excludeStaticFile: false,
    })) as OpenAPIV3_1.Document
    return complete(document, access)
  }

  async function documentFor(c: Context<Env>): Promise<OpenAPIV3_1.Document> {
    const { access, siteName } = c.var.app.settings()
    const document = made.get(access) ?? describe(access)
    made.set(access, document)
    const { info, ...rest } = await document
    return { ...rest, info: { ...info, title: `${siteName} API` }, servers: [{ url: originOf(c) }] }
  }

  return new Hono<Env>()
    .get('/openapi.json', async (c) => {
      return c.json(await documentFor(c), 200, { 'cache-control': 'private, no-cache' })
    })
    .get('/docs', async (c) => {
      const spec = await documentFor(c)
      c.set('format', 'page')
      return reply(c, { json: () => spec, page: () => <DocsPage spec={spec} /> })
    })
}
