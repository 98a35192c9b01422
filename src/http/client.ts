import type { Context } from 'hono'
import type { Config } from '../config'
import type { Connection, Env } from '../context'
import { node } from '../node'

/**
 * The address of the client. A trusted proxy names it in `X-Forwarded-For`: the last address there that is not a
 * trusted proxy itself counts, because anybody can write the earlier ones.
 */
export const addressOf = (c: Context<Env>): string => addressIn(c.var.app.config, c.req.raw, c.env)

/** The address of the client of a request that has no route yet, found in the same way as by `addressOf`. */
export function addressIn(
  { trustsProxy }: Pick<Config, 'trustsProxy'>,
  { headers }: Request,
  { address = '' }: Connection,
): string {
  const direct = bare(address)
  if (!trustsProxy(direct)) return direct
  const named = (headers.get('x-forwarded-for') ?? '').split(',').map((each) => bare(each.trim()))
  return named.findLast((each) => node.net.isIP(each) && !trustsProxy(each)) ?? direct
}

/** The address that the connection comes from: that of the client, or of a proxy. */
export const directAddressOf = (c: Context<Env>): string => bare(c.env.address ?? '')

/** Removes the port, brackets and zone of an address, and turns an IPv4-mapped IPv6 address into IPv4. */
function bare(text: string): string {
  const address =
    /^\[([^\]]*)\](:\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text.replace(/%.*$/, '')
  return /^::ffff:([\d.]+)$/i.exec(address)?.[1] ?? address
}

/**
 * The key of limits per address. An IPv6 address counts as its /64 network, because one person usually has the whole
 * network.
 */
export const limitKeyOf = (c: Context<Env>): string => networkOf(addressOf(c))

/**
 * The /64 network of an IPv6 address. Other addresses stay as they are, and IPv4 addresses written as IPv6 become
 * IPv4.
 */
export function networkOf(address: string): string {
  if (node.net.isIP(address) !== 6) return address
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const [first, last] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean)) as [string[], string[]]
  const groups = [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last]
  const [a, b] = groups.slice(6).map((group) => Number.parseInt(group, 16)) as [number, number]
  if (/^0,0,0,0,0,ffff,/.test(String(groups))) return [a >> 8, a & 255, b >> 8, b & 255].join('.')
  return `${groups.slice(0, 4).join(':')}::/64`
}

/** Whether the browser used https, either to this server or to the proxy in front of it. */
export const isHttps = (c: Context<Env>): boolean => cameByHttps(c.var.app.config, c.req.raw, c.env)

/** Whether the browser made this request by https. Routes ask `isHttps`. */
export function cameByHttps({ trustsProxy, url }: Config, request: Request, connection: Connection): boolean {
  if (request.url.startsWith('https:') || url?.startsWith('https:')) return true
  const forwarded = request.headers.get('x-forwarded-proto')
  return forwarded === 'https' && trustsProxy(connection.address ?? '')
}

/** The origin that people open, for links that are shared outside the page (invitations, password resets). */
export function originOf(c: Context<Env>): string {
  return c.var.app.config.url ?? `${isHttps(c) ? 'https' : 'http'}://${c.req.header('host') ?? new URL(c.req.url).host}`
}
