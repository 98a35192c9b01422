import { type Context, Hono } from 'hono'
import type { OpenAPIV3_1 } from 'openapi-types'
import { DocsPage } from '../../views/docs'
import type { Env } from '../context'
import { PER_VIEWER } from '../http/answer'
import { originOf } from '../http/client'
import { reply } from '../http/reply'

/**
 * Documents the API with the schemas that validate its requests. `resources` contains all routes, and `others` describes
 * calls that are not made of such schemas.
 */
export function docs(resources: Hono<Env>, others: OpenAPIV3_1.PathsObject) {
  const made = new Map<string, Promise<OpenAPIV3_1.Document>>()

  const describe = async (access: 'members' | 'public') =>
    (await import('./document')).makeDocument(resources, others, access)

  async function documentFor(c: Context<Env>): Promise<OpenAPIV3_1.Document> {
    const { access, siteName } = c.var.app.settings()
    const document = made.get(access) ?? describe(access)
    made.set(access, document)
    const { info, ...rest } = await document
    return { ...rest, info: { ...info, title: `${siteName} API` }, servers: [{ url: originOf(c) }] }
  }

  return new Hono<Env>()
    .get('/openapi.json', async (c) => {
      return c.json(await documentFor(c), 200, { 'cache-control': PER_VIEWER })
    })
    .get('/docs', async (c) => {
      const spec = await documentFor(c)
      c.set('format', 'page')
      return reply(c, { json: () => spec, page: () => <DocsPage spec={spec} /> })
    })
}
