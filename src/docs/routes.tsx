import { type Context, Hono } from 'hono'
import type { OpenAPIV3_1 } from 'openapi-types'
import { DocsPage } from '../../views/docs'
import type { Env } from '../context'
import { answer } from '../http/answer'
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

  function documentFor(c: Context<Env>): Promise<OpenAPIV3_1.Document> {
    const { access } = c.var.app.settings()
    const document = made.get(access) ?? describe(access)
    made.set(access, document)
    return document
  }

  /** The last answer, since half a megabyte takes longer to write as JSON than everything else about a request. */
  let last: { document: OpenAPIV3_1.Document; title: string; url: string; text: string } | undefined

  async function textFor(c: Context<Env>): Promise<string> {
    const document = await documentFor(c)
    const [title, url] = [`${c.var.app.settings().siteName} API`, originOf(c)]
    if (last?.document !== document || last.title !== title || last.url !== url) {
      const { info, ...rest } = document
      const text = JSON.stringify({ ...rest, info: { ...info, title }, servers: [{ url }] })
      last = { document, title, url, text }
    }
    return last.text
  }

  return new Hono<Env>()
    .get('/openapi.json', async (c) => answer(c, await textFor(c), 'json', 200))
    .get('/docs', async (c) => {
      const spec = await documentFor(c)
      c.set('format', 'page')
      return reply(c, { json: () => spec, page: () => <DocsPage spec={spec} /> })
    })
}
