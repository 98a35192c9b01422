import { type Context, Hono } from 'hono'
import { ErrorPage, ErrorPart } from '../views/error'
import { admin } from './admin/routes'
import { assets } from './assets/routes'
import { blocks } from './blocks/routes'
import { coins } from './coins/routes'
import type { App, Env } from './context'
import { docs } from './docs/routes'
import { events } from './events/routes'
import { files } from './files/routes'
import { follows } from './follows/routes'
import { frameOf } from './frame'
import { house } from './house/routes'
import { coinsGate, gate } from './http/access'
import { smallBodies } from './http/body'
import { toFailure } from './http/errors'
import { formatOf } from './http/format'
import { formMethod, guard } from './http/guard'
import { headers } from './http/headers'
import { oneHost } from './http/host'
import { translateOf } from './http/locale'
import { reply } from './http/reply'
import { inbox } from './inbox/routes'
import { invites } from './invites/routes'
import { library } from './library/routes'
import { log } from './log'
import { mail } from './mail/routes'
import { media } from './media/routes'
import { answerAtOnce } from './media/shortcut'
import { mutes } from './mutes/routes'
import { notifications } from './notifications/routes'
import { bookmarks } from './posts/bookmarks/routes'
import { comments } from './posts/comments/comment-routes'
import { mainPage, posts } from './posts/routes'
import { Problem } from './problem'
import { push } from './push/routes'
import { reports } from './reports/routes'
import { identify } from './sessions/identify'
import { sessions } from './sessions/routes'
import { setup } from './setup/routes'
import { uploads } from './uploads/routes'
import { users } from './users/routes'
import { webhooks } from './webhooks/routes'

/** The URL space, one line a resource. `/api` is the same space, answering JSON. */
const resources = new Hono<Env>()
  .route('/admin', admin)
  .route('/blocks', blocks)
  .route('/bookmarks', bookmarks)
  .route('/coins', coins)
  .route('/comments', comments)
  .route('/events', events)
  .route('/files', files)
  .route('/follows', follows)
  .route('/inbox', inbox)
  .route('/invites', invites)
  .route('/library', library)
  .route('/mutes', mutes)
  .route('/mail', mail)
  .route('/notifications', notifications)
  .route('/posts', posts)
  .route('/push', push)
  .route('/reports', reports)
  .route('/sessions', sessions)
  .route('/setup', setup)
  .route('/uploads', uploads)
  .route('/users', users)
  .route('/webhooks', webhooks)

const api = docs(resources)

export function createApp(app: App) {
  const hono = new Hono<Env>()
  const inFull = hono.fetch
  hono.fetch = (request, connection = {}, ...rest) => {
    app.traffic.askedAt = performance.now()
    return answerAtOnce(app, request, connection) ?? inFull(request, connection, ...rest)
  }
  return hono
    .use(async (c, next) => {
      c.set('app', app)
      c.set('viewer', null)
      c.set('frame', () => frameOf(c))
      c.set('since', app.events.position())
      c.set('format', formatOf(c.req.path, c.req.header('hx-request'), c.req.header('hx-request-type')))
      await next()
    })
    .use(oneHost)
    .route('/media', media) // before all that asks the database or adds headers of its own
    .use(headers)
    .route('/assets', assets)
    .route('/', house)
    .use(smallBodies)
    .use(formMethod(hono))
    .use(identify)
    .use(guard)
    .use(gate)
    .use(coinsGate)
    .get('/', mainPage)
    .route('/', resources)
    .route('/api', resources)
    .route('/api', api)
    .notFound(() => {
      throw new Problem('not_found', 'There is nothing at this address.')
    })
    .onError(answerError)
}

async function answerError(error: Error, c: Context<Env>) {
  if (error.name === 'AbortError' && c.req.raw.signal.aborted) return c.body(null, 400) // whoever asked has gone: nobody hears it
  const failure = toFailure(error, translateOf(c), (requestId, error) =>
    log.error('A request failed', { requestId, path: c.req.path, error }),
  )
  if (typeof failure.retryAfter === 'number') c.header('retry-after', String(failure.retryAfter))
  await headers(c, async () => {}) // media has none of these, but an error there is a page, too
  const { form: again } = c.var
  c.set('form', undefined) // what cannot be shown again must not fail for ever
  const form = again?.(failure)
  return reply(
    c,
    {
      json: () => failure,
      part: () => form ?? <ErrorPart failure={failure} />,
      page: () => <ErrorPage failure={failure}>{form}</ErrorPage>,
    },
    failure.status,
  )
}
