import type { Context } from 'hono'
import type { Env } from '../context'

/**
 * The address of whoever asks. A proxy we trust says whom it speaks for: of `X-Forwarded-For` the last address that is not itself
 * such a proxy, since anybody may write the ones before it.
 */
export function addressOf(c: Context<Env>): string {
  const { trustsProxy } = c.var.app.config
  const direct = c.env.address ?? ''
  if (!trustsProxy(direct)) return direct
  const named = (c.req.header('x-forwarded-for') ?? '').split(',').map((each) => each.trim())
  return named.findLast((each) => each && !trustsProxy(each)) ?? direct
}

/** Whether the visitor's browser came by https, to us or to the proxy before us. */
export function isHttps(c: Context<Env>): boolean {
  const { config } = c.var.app
  const forwarded = config.trustsProxy(c.env.address ?? '') ? c.req.header('x-forwarded-proto') : undefined
  return (forwarded ?? new URL(c.req.url).protocol.slice(0, -1)) === 'https' || !!config.url?.startsWith('https:')
}

/** The address that people open, for links that leave the page (invitations, resets). */
export function originOf(c: Context<Env>): string {
  return c.var.app.config.url ?? `${isHttps(c) ? 'https' : 'http'}://${c.req.header('host') ?? new URL(c.req.url).host}`
}
