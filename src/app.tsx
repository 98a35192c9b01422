import { Hono } from 'hono'
import { ErrorPage, ErrorPart } from '../views/error'
import type { App, Env, Format } from './context'
import { follows } from './follows/routes'
import { Problem, toFailure } from './http/errors'
import { formMethod, guard } from './http/guard'
import { reply } from './http/reply'
import { identify } from './http/viewer'
import { media } from './media/routes'
import { mainPage, posts } from './posts/routes'
import { sessions } from './sessions/routes'

/** The URL space, one line a resource. `/api` is the same space, answering JSON. */
const resources = new Hono<Env>().route('/follows', follows).route('/posts', posts).route('/sessions', sessions)

export function createApp(app: App) {
  const hono = new Hono<Env>()
  return hono
    .use(async (c, next) => {
      c.set('app', app)
      c.set('viewer', null)
      c.set('format', formatOf(c.req.path, c.req.header('hx-request'), c.req.header('hx-request-type')))
      await next()
    })
    .route('/media', media) // before `identify`, which asks the database
    .use(formMethod(hono))
    .use(identify)
    .use(guard)
    .get('/', mainPage)
    .route('/', resources)
    .route('/api', resources)
    .notFound(() => {
      throw new Problem('not_found', 'There is nothing here.')
    })
    .onError((error, c) => {
      const failure = toFailure(error)
      const part = () => c.var.form?.(failure) ?? <ErrorPart failure={failure} />
      return reply(c, { json: () => failure, part, page: () => <ErrorPage failure={failure}>{part()}</ErrorPage> }, failure.status)
    })
}

/** HTMX says `full` when it puts the answer in place of the whole page. */
function formatOf(path: string, htmx: string | undefined, type: string | undefined): Format {
  if (path === '/api' || path.startsWith('/api/')) return 'json'
  return htmx && type !== 'full' ? 'part' : 'page'
}
