import { type Context, Hono } from 'hono'
import type { Scope } from '../../shapes/tokens'
import type { Role } from '../../shapes/users'
import { ConsentPage } from '../../views/oauth/consent'
import { MistakenPage } from '../../views/oauth/mistaken'
import type { Env } from '../context'
import { originOf } from '../http/client'
import { replySecret } from '../http/reply'
import { inPerson } from '../http/scopes'
import { policyForForm } from '../http/security'
import { textOf } from '../http/text'
import { listAllowedApps } from '../sessions/app-grants'
import { issueCode } from './codes'
import { OAuthError } from './errors'
import { type AuthorizationRequest, backTo, meantIn, requestOf, type Way, wayOf } from './request'

/** Returns the scopes that a person can allow. Only staff can allow the staff desk. */
function allowable(scopes: Scope[], role: Role): Scope[] {
  const offered = scopes.filter((scope) => scope !== 'admin' || role !== 'member')
  if (!offered.length) throw new OAuthError('invalid_scope', 'Only staff can allow the scope admin.')
  return offered
}

/** Does something with a valid request, or tells the app why it is not valid. */
async function answering(
  c: Context<Env>,
  query: URLSearchParams,
  work: (asked: AuthorizationRequest) => Promise<Response>,
): Promise<Response> {
  const way: Way = await wayOf(c.var.app.db, query)
  try {
    return await work(requestOf(way, query))
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    const back = backTo(way, originOf(c), { error: error.code, error_description: error.description })
    if (c.req.method === 'POST' || (await isAllowed(c, way))) return leave(c, back)
    c.set('format', 'page')
    const page = () => <MistakenPage app={way.app} redirectUri={way.redirectUri} back={back} mistake={error} />
    return replySecret(c, { json: () => ({}), page }, 422)
  }
}

/**
 * Whether the person allowed the app before. Anybody can register an app, so nobody is sent to the address of an app by a
 * link alone before they have decided something (RFC 9700, 4.11.2).
 */
async function isAllowed(c: Context<Env>, { app }: Way): Promise<boolean> {
  const { db, now } = c.var.app
  const allowed = c.var.viewer ? await listAllowedApps(db, c.var.viewer.id, now()) : []
  return allowed.some((each) => each.app.id === app.id)
}

function leave(c: Context<Env>, to: string) {
  c.header('cache-control', 'no-store')
  c.header('referrer-policy', 'no-referrer')
  return c.redirect(to, 303)
}

/** The page on which a person decides whether an app may act for them. */
export const authorize = new Hono<Env>()
  .get('/', async (c) => {
    const query = new URL(c.req.url).searchParams
    return answering(c, query, async (asked) => {
      if (!c.var.viewer) {
        const { pathname, search } = new URL(c.req.url)
        return c.redirect(`/sessions/new?next=${encodeURIComponent(pathname + search)}`, 303)
      }
      const me = inPerson(c)
      const scopes = allowable(asked.scopes, me.role)
      c.set('format', 'page')
      const answer = await replySecret(c, {
        json: () => ({}),
        page: () => (
          <ConsentPage
            app={asked.app}
            redirectUri={asked.redirectUri}
            scopes={scopes}
            handle={me.handle}
            request={meantIn(query)}
          />
        ),
      })
      answer.headers.set('content-security-policy', policyForForm(asked.redirectUri))
      return answer
    })
  })
  .post('/', async (c) => {
    const form = new URLSearchParams(await textOf(c, true))
    const decisions = form.getAll('decision')
    form.delete('decision')
    return answering(c, form, async (asked) => {
      const { now } = c.var.app
      const me = inPerson(c)
      if (decisions.join() !== 'allow') throw new OAuthError('access_denied', 'The person did not allow it.')
      const wishes = { ...asked, scopes: allowable(asked.scopes, me.role) }
      const code = await c.var.write((tx) =>
        issueCode(
          tx,
          me,
          asked.app,
          { redirectUri: wishes.redirectUri, scopes: wishes.scopes, challenge: wishes.challenge },
          now(),
        ),
      )
      return leave(c, backTo(asked, originOf(c), { code }))
    })
  })
