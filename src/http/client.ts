import { isIP } from 'node:net'
import type { Context } from 'hono'
import type { Config } from '../config'
import type { Connection, Env } from '../context'

/**
 * The address of whoever asks. A proxy we trust says whom it speaks for: of `X-Forwarded-For` the last address that is not itself
 * such a proxy, since anybody may write the ones before it.
 */
function addressOf(c: Context<Env>): string {
  const { trustsProxy } = c.var.app.config
  const direct = bare(c.env.address ?? '')
  if (!trustsProxy(direct)) return direct
  const named = (c.req.header('x-forwarded-for') ?? '').split(',').map((each) => bare(each.trim()))
  return named.findLast((each) => isIP(each) && !trustsProxy(each)) ?? direct
}

/** Without a port, brackets and a zone; version 4 written as version 6 is version 4. */
function bare(text: string): string {
  const address =
    /^\[([^\]]*)\](:\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text.replace(/%.*$/, '')
  return /^::ffff:([\d.]+)$/i.exec(address)?.[1] ?? address
}

/** What a limit by address counts: of version 6 the network, since one person has all the addresses in it. */
export const whoseLimit = (c: Context<Env>): string => networkOf(addressOf(c))

export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const [first, last] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean)) as [string[], string[]]
  const groups = [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last]
  const [a, b] = groups.slice(6).map((group) => Number.parseInt(group, 16)) as [number, number]
  if (/^0,0,0,0,0,ffff,/.test(String(groups))) return [a >> 8, a & 255, b >> 8, b & 255].join('.')
  return `${groups.slice(0, 4).join(':')}::/64`
}

/** Whether the visitor's browser came by https, to us or to the proxy before us. */
export const isHttps = (c: Context<Env>): boolean => cameByHttps(c.var.app.config, c.req.raw, c.env)

export function cameByHttps({ trustsProxy, url }: Config, request: Request, connection: Connection): boolean {
  if (request.url.startsWith('https:') || url?.startsWith('https:')) return true
  const forwarded = request.headers.get('x-forwarded-proto')
  return forwarded === 'https' && trustsProxy(connection.address ?? '')
}

/** The address that people open, for links that leave the page (invitations, resets). */
export function originOf(c: Context<Env>): string {
  return c.var.app.config.url ?? `${isHttps(c) ? 'https' : 'http'}://${c.req.header('host') ?? new URL(c.req.url).host}`
}
