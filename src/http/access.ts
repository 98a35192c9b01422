import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from '../context'
import { Problem } from '../problem'
import { PER_VIEWER } from './answer'
import { limitKeyOf } from './client'
import { withoutApi } from './format'
import { changesNothing } from './methods'
import { secondFactorRequired } from './restricted'
import { checkScope } from './scopes'
import { bearer } from './session-cookie'

/**
 * The pages a visitor can open in a members-only community: the ways in, and pages that reveal nothing about members.
 */
const OPEN: Record<string, RegExp> = {
  GET: /^\/(sessions\/new|appeals\/(new|sent)|users\/new(\/waiting)?|users\/resets\/new|users\/resets\/requests\/(new|sent)|users\/verifications\/(new|done)|mail\/unsubscriptions|setup|docs|openapi\.json|source|pages\/\w+|looks\/[\w-]+\.[\w-]+\.[\w-]+|theme\.css|robots\.txt|manifest\.webmanifest)$/,
  PUT: /^\/sessions\/current$/,
  POST: /^\/(sessions|appeals|sessions\/codes|sessions\/passkeys|sessions\/passkeys\/options|users|users\/passkeys\/options|users\/resets|users\/resets\/requests|users\/verifications|mail\/unsubscriptions|setup|looks\/[\w-]+\.[\w-]+\.[\w-]+|webhooks\/\w+|oauth\/(token|revoke|register))$/,
}

/** A call that itself decides by the settings whether it has something for strangers. */
const DECIDES = /^\/users\/account\/announcement$/
export const decidesAboutStrangers = (path: string): boolean => DECIDES.test(withoutApi(path))

/** Whether strangers may make this call, also where all others are for members only. */
export const isOpenToStrangers = (method: string, path: string) =>
  OPEN[method === 'HEAD' ? 'GET' : method]?.test(withoutApi(path)) || decidesAboutStrangers(path)

/**
 * Decides whether a request goes on to its route: by the scopes of a personal token, the access to the community, the
 * second factor of staff, and whether coins are in use.
 */
export const gates: MiddlewareHandler<Env> = (c, next) => {
  checkScope(c)
  const onward = () => {
    refuseHiddenCoins(c)
    return next()
  }
  if (!c.var.viewer) return gateOfStrangers(c, onward)
  refuseUnconfirmed(c)
  return mustSecureAccount(c) ? sendToSecondFactor(c) : onward()
}

/** The paths at which people can change something before they have confirmed their email address. */
const BEFORE_CONFIRMING = /^(\/api)?\/(users\/account|users\/verifications|sessions|pages\/agreement)(\/|$)/

/** Somebody who signed up without an invitation only looks until their address is confirmed, where that is asked for. */
function refuseUnconfirmed(c: Context<Env>): void {
  if (changesNothing(c.req.method) || !isUnconfirmed(c)) return
  const own = BEFORE_CONFIRMING.test(c.req.path) && !/\/avatar$/.test(c.req.path)
  if (!own)
    throw new Problem('forbidden', 'Please confirm your email address first. You find the link in the mail we sent.', {
      code: 'email_unconfirmed',
    })
}

/** Whether the viewer has yet to confirm their email address before they can take part. */
export const isUnconfirmed = (c: Context<Env>): boolean => {
  const { mailer, settings } = c.var.app
  return !!c.var.viewer?.mustConfirm && !!mailer && settings().confirmEmail
}

/** Sends visitors to the sign-in page; scripts get a 401. */
const gateOfStrangers: MiddlewareHandler<Env> = async (c, next) => {
  const { settings, limits } = c.var.app
  if (settings().access === 'public') {
    refuseEndedToken(c)
    if (['GET', 'HEAD'].includes(c.req.method)) await limits.take('anonymousReads', limitKeyOf(c))
    return next()
  }
  if (isOpenToStrangers(c.req.method, c.req.path)) return next()
  if (c.var.format === 'json') throw new Problem('unauthenticated', 'Please sign in.')
  const { pathname, search } = new URL(c.req.url)
  // shared from a phone's gallery; the files cannot be kept for a visitor
  const shares = c.req.method === 'POST' && pathname === '/posts/new'
  const wanted = shares ? '/posts/new?share=again' : c.req.method === 'GET' && pathname !== '/' && pathname + search
  const back = wanted ? `?next=${encodeURIComponent(wanted)}` : ''
  if (c.var.format === 'part') c.header('www-authenticate', 'Bearer')
  return sendTo(c, '/sessions/new', 401, back)
}

/** Sends a browser to another page, also from a part of one. `query` is only for those who open a page. */
function sendTo(c: Context<Env>, path: string, status: 401 | 403, query = '') {
  c.header('cache-control', PER_VIEWER)
  if (c.var.format === 'page') return c.redirect(path + query, 303)
  c.header('hx-redirect', path)
  return c.html('', status)
}

/** A script whose token has ended is told so. As a stranger it would take what it no longer sees for deleted. */
function refuseEndedToken(c: Context<Env>): void {
  if (bearer(c) && !isOpenToStrangers(c.req.method, c.req.path)) throw new Problem('unauthenticated', 'Please sign in.')
}

/** Staff who still have to set up their second factor can use their own account, and the events of its pages. */
const OWN_ACCOUNT = /^(\/api)?\/(users\/account|sessions|events)(\/|$)/

/** Whether this is staff without the second factor that the community asks of them, and outside of their own account. */
const mustSecureAccount = (c: Context<Env>): boolean =>
  !!c.var.viewer?.restricted && !OWN_ACCOUNT.test(c.req.path) && !isOpenToStrangers(c.req.method, c.req.path)

async function sendToSecondFactor(c: Context<Env>) {
  if (c.var.format === 'json') throw secondFactorRequired()
  return sendTo(c, '/users/account/totp', 403)
}

/** The paths that are hidden where coins are turned off. */
const COINS =
  /^(\/api)?\/(coins|library|posts\/[^/]+\/gifts|admin\/(vouchers|topups|packs|checkouts|payouts|purchases|refunds)|admin\/users\/[^/]+\/grants)(\/|$)/

/** Whether the path leads to something that is hidden where coins are turned off. */
export const isAboutCoins = (path: string): boolean => COINS.test(path)

/** Hides the wallet, the library and other coin pages where coins are turned off. */
function refuseHiddenCoins(c: Context<Env>): void {
  if (c.var.app.settings().coins === 'off' && isAboutCoins(c.req.path))
    throw new Problem('not_found', 'There is nothing at this address.')
}
