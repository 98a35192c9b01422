import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import type { App, Connection, Env } from '../context'
import { isSameSecret } from '../same-secret'
import { cameByHttps, isHttps } from './client'

/** Media links name a guest by this number plus the id of the link by which they came. No person has such an id. */
const GUESTS = 1_000_000_000_000
const OF_GUEST = /^\/media\/\d+\/(1\d{12})\./
const MONTH_S = 31 * 24 * 3600

/** The viewer of a media link that is signed for the guest of a link. */
export const guestOf = (lookId: number): number => GUESTS + lookId

const nameOf = (lookId: number, https: boolean) => `${https ? '__Host-' : ''}look_${lookId}`

const proofOf = (key: Uint8Array, lookId: number) =>
  new Bun.CryptoHasher('sha256', key).update(`look ${lookId}`).digest('base64url')

/** Whether the request comes from the browser that opened the link first. */
export function holdsLook(
  { config, guestKeys }: App,
  request: Request,
  connection: Connection,
  lookId: number,
): boolean {
  const name = nameOf(lookId, cameByHttps(config, request, connection))
  const given = parse(request.headers.get('cookie') ?? '', name)[name] ?? ''
  return guestKeys().some((key) => isSameSecret(proofOf(key, lookId), given))
}

/** The cookie of the browser that a link belongs to, as it is sent over http. */
export const lookCookie = ({ guestKeys }: Pick<App, 'guestKeys'>, lookId: number): string =>
  `${nameOf(lookId, false)}=${proofOf(guestKeys()[0]!, lookId)}`

/** Makes this browser the one that the link belongs to. */
export function setLookCookie(c: Context<Env>, lookId: number): void {
  const https = isHttps(c)
  setCookie(c, `look_${lookId}`, proofOf(c.var.app.guestKeys()[0]!, lookId), {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: MONTH_S,
    ...(https && { prefix: 'host' as const, secure: true }),
  })
}

/** The guest whose media link this is, if the request comes from their browser. */
export function guestAsking(app: App, request: Request, connection: Connection, path: string): number | null {
  const [, guest] = OF_GUEST.exec(path) ?? []
  return guest && holdsLook(app, request, connection, Number(guest) - GUESTS) ? Number(guest) : null
}
