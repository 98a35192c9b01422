import type { Context } from 'hono'
import type { Env } from '../context'
import { isHttps } from './client'
import { dropHostCookie, hostCookieIn, setHostCookie } from './host-cookie'

/** The sessions of the accounts in this browser besides the one in use, so that people can switch between them. */
const COOKIE = 'others'
const SEPARATOR = '~'
/** A person can keep this many more. Each token takes about 200 bytes of every request. */
export const MOST_OTHERS = 4
const MONTH_S = 30 * 24 * 3600

/** The tokens that the browser keeps. Whether their sessions are still open is for the caller to find out. */
export function otherTokens(c: Context<Env>): string[] {
  const text = hostCookieIn(c.req.raw, COOKIE, isHttps(c)) ?? ''
  return text.split(SEPARATOR).filter(Boolean).slice(0, MOST_OTHERS)
}

/** Keeps these tokens, the ones used last first. */
export function keepTokens(c: Context<Env>, tokens: string[]): void {
  if (!tokens.length) return void dropHostCookie(c, COOKIE)
  setHostCookie(c, COOKIE, tokens.slice(0, MOST_OTHERS).join(SEPARATOR), MONTH_S)
}
