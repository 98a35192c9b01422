import { type Context, Hono } from 'hono'
import type { Scope } from '../../shapes/tokens'
import type { Role } from '../../shapes/users'
import { ConsentPage } from '../../views/oauth/consent'
import type { Env } from '../context'
import { originOf } from '../http/client'
import { replySecret } from '../http/reply'
import { inPerson } from '../http/scopes'
import { policyForForm } from '../http/security'
import { textOf } from '../http/text'
import { issueCode } from './codes'
import { OAuthError } from './errors'
import { type AuthorizationRequest, backTo, requestOf, type Way, wayOf } from './request'

/** Returns the scopes that a person can allow. Only staff can allow the staff desk. */
function allowable(scopes: Scope[], role: Role): Scope[] {
  const offered = scopes.filter((scope) => scope !== 'admin' || role !== 'member')
  if (!offered.length) throw new OAuthError('invalid_scope', 'Only staff can allow the scope admin.')
  return offered
}

/** Does something with a valid request, or sends the person back to the app with the reason why it is not. */
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
    return leave(c, backTo(way, originOf(c), { error: error.code, error_description: error.description }))
  }
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
            request={[...query]}
          />
        ),
      })
      answer.headers.set('content-security-policy', policyForForm(asked.redirectUri))
      return answer
    })
  })
  .post('/', async (c) => {
    const form = new URLSearchParams(await textOf(c, true))
    const decision = form.get('decision')
    form.delete('decision')
    return answering(c, form, async (asked) => {
      const { now } = c.var.app
      const me = inPerson(c)
      if (decision !== 'allow') throw new OAuthError('access_denied', 'The person did not allow it.')
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
