import { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import type { OpenAPIV3_1 } from 'openapi-types'
import type { Env } from '../context'
import { callOf } from '../http/api'
import { version } from '../version'
import { complete } from './complete'
import { operationOf } from './operation'

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
 * Makes the OpenAPI document with the schemas that validate requests. `resources` contains all routes, and `others`
 * describes calls that are not made of such schemas. `access` is who may look at the community.
 */
export async function makeDocument(
  resources: Hono<Env>,
  others: OpenAPIV3_1.PathsObject,
  access: 'members' | 'public',
): Promise<OpenAPIV3_1.Document> {
  for (const { handler } of resources.routes) {
    const call = callOf(handler)
    if (call) Object.assign(handler, operationOf(call)) // where the library looks for it
  }
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
