import type { Context } from 'hono'
import type { Env } from '../context'
import { keepTokens, otherTokens } from '../http/other-accounts'
import { bearer, changeSessionCookie, cookie } from '../http/session-cookie'
import type { Account } from '../ports/people'
import { Problem } from '../problem'
import { lookUpViewer, SESSION_MS } from './model'

type Kept = { token: string; account: Account }

/** The other accounts of this browser whose sessions are open. Scripts with a token have none. */
export async function otherAccounts(c: Context<Env>): Promise<Kept[]> {
  if (bearer(c)) return []
  const found: Kept[] = []
  for (const token of otherTokens(c)) {
    const account = await accountOf(c, token)
    const known = [c.var.viewer?.id, ...found.map(({ account }) => account.id)]
    if (account && !known.includes(account.id)) found.push({ token, account })
  }
  return found
}

/** Whose token it is. A personal token is for scripts and never signs a browser in. */
async function accountOf(c: Context<Env>, token: string): Promise<Account | null> {
  const { db, now, sessionTokens, revoked } = c.var.app
  const claims = await sessionTokens.read(token)
  if (!claims || claims.scopes || revoked.sessions.has(claims.sessionId)) return null
  return (await lookUpViewer(db, claims, now()))?.viewer ?? null
}

/** Keeps the account in use among the others of this browser, since somebody else signs in or is switched to. */
export async function keepCurrent(c: Context<Env>, next: { id: number }): Promise<void> {
  const others = (await otherAccounts(c)).filter(({ account }) => account.id !== next.id)
  const current = c.var.viewer && !c.var.viewer.scopes && c.var.viewer.id !== next.id ? cookie(c) : undefined
  if (!current && !others.length && !otherTokens(c).length) return
  keepTokens(c, [...(current ? [current] : []), ...others.map(({ token }) => token)])
}

/** Goes on as another account that is signed in in this browser. */
export async function switchTo(c: Context<Env>, handle: string): Promise<Account> {
  const { viewer } = c.var
  if (viewer?.handle === handle) return viewer
  const wanted = (await otherAccounts(c)).find(({ account }) => account.handle === handle)
  if (!wanted)
    throw new Problem('not_found', 'This account is no longer signed in here. Please sign in again.', {
      code: 'not_signed_in',
    })
  await keepCurrent(c, wanted.account)
  changeSessionCookie(c, wanted.token, SESSION_MS / 1000)
  return wanted.account
}
