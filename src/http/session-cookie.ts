import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import type { App, Connection, Env } from '../context'
import { cameByHttps, isHttps } from './client'
import { dropHostCookie, hostCookieIn, setHostCookie } from './host-cookie'

const COOKIE = 'session'
/** Scripts of the pages read this cookie. It says nothing about the person. */
const LEFT = 'left'
const YEAR_S = 365 * 24 * 3600

const bearerOf = (request: Request) => /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]

/** The token that a script sends with a request. A browser sends none. */
export const bearer = (c: Context) => bearerOf(c.req.raw)

/** The token in the cookie with which a browser is signed in. */
export const cookie = (c: Context<Env>) => hostCookieIn(c.req.raw, COOKIE, isHttps(c))

/** The token of a request. A bearer token never falls back to the cookie, which the cross-site guard did not check. */
export const tokenOf = ({ config }: App, request: Request, connection: Connection): string | undefined =>
  bearerOf(request) ?? hostCookieIn(request, COOKIE, cameByHttps(config, request, connection))

/** Signs the browser in. `maxAge` is in seconds. */
export const setSessionCookie = (c: Context<Env>, token: string, maxAge: number): void =>
  setHostCookie(c, COOKIE, token, maxAge)

/**
 * Makes the browser forget the person who leaves: the cookie, cached pages, and, by a new mark, the pages that the
 * browser kept for its Back button. `views/assets/left.ts` compares the mark with that of a page.
 */
export function dropSessionCookie(c: Context<Env>) {
  dropHostCookie(c, COOKIE)
  leave(c, crypto.randomUUID())
}

/**
 * Goes on with the session of another account. What the browser kept of the pages before is forgotten, as if the person
 * before had left.
 */
export function changeSessionCookie(c: Context<Env>, token: string, maxAge: number) {
  setSessionCookie(c, token, maxAge)
  leave(c, crypto.randomUUID())
}

/**
 * Makes the browser forget the pages of a session that was ended elsewhere: by another device, a new password or the
 * staff. The mark follows from the token, so it is set once. The cookie stays, since somebody may be signing in right
 * now.
 */
export function forgetEndedSession(c: Context<Env>) {
  const token = cookie(c)
  if (!token || bearer(c)) return
  const mark = new Bun.CryptoHasher('sha256').update(token).digest('base64url')
  if (leftMark(c) !== mark) leave(c, mark)
}

function leave(c: Context<Env>, mark: string) {
  setCookie(c, LEFT, mark, { sameSite: 'Lax', path: '/', maxAge: YEAR_S, ...(isHttps(c) && { secure: true }) })
  c.header('clear-site-data', '"cache"')
}

/** The mark of the last session that ended in this browser. Every page carries it. */
export const leftMark = (c: Context): string => parse(c.req.header('cookie') ?? '', LEFT)[LEFT] ?? ''
