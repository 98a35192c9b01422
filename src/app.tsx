import { type Context, Hono } from 'hono'
import { ErrorPage, ErrorPart } from '../views/error'
import { withFrame } from '../views/frame'
import { activity } from './activity/routes'
import { admin } from './admin/routes'
import { appeals } from './appeals/routes'
import { assets } from './assets/routes'
import { blocks } from './blocks/routes'
import { coins } from './coins/routes'
import { collections } from './collections/routes'
import type { App, Env } from './context'
import { docs } from './docs/routes'
import { events } from './events/routes'
import { files } from './files/routes'
import { follows } from './follows/routes'
import { frameOf } from './frame'
import { hooks } from './hooks/routes'
import { gates } from './http/access'
import { smallBodies, wholeBody } from './http/body'
import { toFailure } from './http/errors'
import { compress, secure } from './http/finish'
import { formatOf, type Html } from './http/format'
import { formMethod, guard } from './http/guard'
import { oneHost } from './http/host'
import { timeZoneOf, translateOf } from './http/locale'
import { options, refuseUnrouted } from './http/methods'
import { reply } from './http/reply'
import { counted, countedLater, logged } from './http/requests'
import { RememberingRouter } from './http/router'
import { holdVariables, writeAsOf } from './http/variables'
import { inbox } from './inbox/routes'
import { invites } from './invites/routes'
import { library } from './library/routes'
import { log } from './log'
import { looks } from './looks/routes'
import { mail } from './mail/routes'
import { marks } from './marks/routes'
import { media } from './media/routes'
import { answerAtOnce } from './media/shortcut'
import { metrics } from './metrics/routes'
import { mutedPosts } from './muted-posts/routes'
import { words as mutedWords } from './muted-words/routes'
import { mutes } from './mutes/routes'
import { notifications } from './notifications/routes'
import { appMetadata } from './oauth/metadata-routes'
import { oauth } from './oauth/routes'
import { pages } from './pages/routes'
import { bookmarks } from './posts/bookmarks/routes'
import { comments } from './posts/comments/comment-routes'
import { explore } from './posts/explore/routes'
import { mainPage, posts } from './posts/routes'
import { tags } from './posts/tags/routes'
import { push } from './push/routes'
import { reports } from './reports/routes'
import { search } from './search/routes'
import { authority } from './sessions/authority'
import { identify } from './sessions/identify'
import { sessions } from './sessions/routes'
import { setup } from './setup/routes'
import { site } from './site/routes'
import { shownElsewhere } from './site/shown-elsewhere'
import { tokens } from './tokens/routes'
import { uploadCalls } from './uploads/document'
import { resumable, sameVersion } from './uploads/protocol'
import { uploads } from './uploads/routes'
import { users } from './users/routes'
import { webhooks } from './webhooks/routes'

/** The URL space, one resource per line. `/api` serves the same resources as JSON. */
const resources = new Hono<Env>()
  .route('/activity', activity)
  .route('/admin', admin)
  .route('/blocks', blocks)
  .route('/bookmarks', bookmarks)
  .route('/coins', coins)
  .route('/collections', collections)
  .route('/comments', comments)
  .route('/events', events)
  .route('/explore', explore)
  .route('/files', files)
  .route('/follows', follows)
  .route('/hooks', hooks)
  .route('/inbox', inbox)
  .route('/invites', invites)
  .route('/library', library)
  .route('/muted-posts', mutedPosts)
  .route('/muted-words', mutedWords)
  .route('/mutes', mutes)
  .route('/looks', looks)
  .route('/mail', mail)
  .route('/notifications', notifications)
  .route('/oauth', oauth)
  .route('/pages', pages)
  .route('/posts', posts)
  .route('/push', push)
  .route('/appeals', appeals)
  .route('/reports', reports)
  .route('/search', search)
  .route('/sessions', sessions)
  .route('/setup', setup)
  .route('/tags', tags)
  .route('/tokens', tokens)
  .route('/uploads', uploads)
  .route('/users', users)
  .route('/webhooks', webhooks)

const api = docs(resources, uploadCalls)

export function createApp(app: App) {
  const hono = new Hono<Env>({ router: new RememberingRouter() })
  const inFull = hono.fetch
  hono.fetch = (request, connection = {}, ...rest) => {
    const startedAt = performance.now()
    app.traffic.askedAt = startedAt
    const answer =
      counted(request, startedAt, answerAtOnce(app, request, connection)) ??
      countedLater(request, startedAt, inFull(request, connection, ...rest))
    return app.config.accessLog ? logged(app.config, { request, connection, startedAt }, answer) : answer
  }
  return hono
    .use((c, next) => {
      holdVariables(c, {
        app,
        viewer: null,
        write: writeAsOf(c),
        asOf: app.mediaUrls.moment(),
        frame: () => frameOf(c),
        since: app.events.position(),
        format: formatOf(c.req.path, (name) => c.req.header(name)),
      })
      return next()
    })
    .use(oneHost)
    .route('/media', media) // comes before all middleware that queries the database or adds headers
    .use(secure)
    .route('/assets', assets)
    .route('/marks', marks)
    .use(compress)
    .route('/metrics', metrics)
    .route('/', site)
    .route('/', appMetadata)
    .use('/api/uploads/*', resumable)
    .use(options(hono))
    .use(smallBodies)
    .use(formMethod(hono))
    .use(wholeBody)
    .use(identify)
    .use(authority)
    .use(guard)
    .use(gates)
    .use('/api/uploads/*', sameVersion)
    .get('/', mainPage)
    .route('/', shownElsewhere)
    .route('/', resources)
    .route('/api', resources)
    .route('/api', api)
    .notFound((c) => refuseUnrouted(hono, c))
    .onError(answerError)
}

async function answerError(error: Error, c: Context<Env>): Promise<Response> {
  // The client has disconnected, so nobody receives this response.
  if (error.name === 'AbortError' && c.req.raw.signal.aborted) return c.body(null, 400)
  const failure = toFailure(error, { t: translateOf(c), timeZone: timeZoneOf(c) }, (requestId, error) =>
    log.error('A request failed', { requestId, path: c.req.path, error }),
  )
  if (failure.status === 401) c.header('www-authenticate', 'Bearer')
  if (failure.scope) c.header('www-authenticate', `Bearer error="insufficient_scope", scope="${failure.scope}"`)
  if (typeof failure.retryAfter === 'number') c.header('retry-after', String(failure.retryAfter))
  const { form: again, format } = c.var
  c.set('form', undefined) // if rendering the form fails, the next error must not render it again
  let form: Awaited<Html> | undefined
  try {
    if (format !== 'json') form = again && (await withFrame(await c.var.frame(), () => again(failure)))
  } catch (worse) {
    return answerError(worse as Error, c) // what the form is about is gone or belongs to somebody else; say that instead
  }
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
