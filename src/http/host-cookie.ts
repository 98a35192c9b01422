import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import type { Env } from '../context'
import { isHttps } from './client'

/**
 * Over https, the names of these cookies begin with `__Host-`, so that no other host of the same domain can set them.
 * Scripts of a page cannot read them, and other sites do not send them along.
 */
export const hostCookieName = (name: string, https: boolean): string => (https ? `__Host-${name}` : name)

/** Reads a cookie that `setHostCookie` has set. */
export function hostCookieIn(request: Request, name: string, https: boolean): string | undefined {
  const full = hostCookieName(name, https)
  return parse(request.headers.get('cookie') ?? '', full)[full]
}

const prefix = (c: Context<Env>) => (isHttps(c) ? ({ prefix: 'host', secure: true } as const) : {})

/** Sets a cookie for `maxAge` seconds. */
export const setHostCookie = (c: Context<Env>, name: string, value: string, maxAge: number): void =>
  setCookie(c, name, value, { httpOnly: true, sameSite: 'Lax', path: '/', maxAge, ...prefix(c) })

/** Removes a cookie that `setHostCookie` has set. */
export const dropHostCookie = (c: Context<Env>, name: string) => void deleteCookie(c, name, { path: '/', ...prefix(c) })
