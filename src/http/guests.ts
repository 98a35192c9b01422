import type { Context } from 'hono'
import type { App, Connection, Env } from '../context'
import { isSameSecret } from '../same-secret'
import { cameByHttps } from './client'
import { hostCookieIn, hostCookieName, setHostCookie } from './host-cookie'

/** Media links name a guest by this number plus the id of the link by which they came. No person has such an id. */
const GUESTS = 1_000_000_000_000
const OF_GUEST = /^\/media\/\d+\/(1\d{12})\./
const MONTH_S = 31 * 24 * 3600

/** The viewer of a media link that is signed for the guest of a link. */
export const guestOf = (lookId: number): number => GUESTS + lookId

const cookieOf = (lookId: number) => `look_${lookId}`

const proofOf = (key: Uint8Array, lookId: number) =>
  new Bun.CryptoHasher('sha256', key).update(`look ${lookId}`).digest('base64url')

/** Whether the request comes from the browser that opened the link first. */
export function holdsLook(
  { config, guestKeys }: App,
  request: Request,
  connection: Connection,
  lookId: number,
): boolean {
  const given = hostCookieIn(request, cookieOf(lookId), cameByHttps(config, request, connection)) ?? ''
  return guestKeys().some((key) => isSameSecret(proofOf(key, lookId), given))
}

/** The cookie of the browser that a link belongs to, as it is sent over http. */
export const lookCookie = ({ guestKeys }: Pick<App, 'guestKeys'>, lookId: number): string =>
  `${hostCookieName(cookieOf(lookId), false)}=${proofOf(guestKeys()[0], lookId)}`

/** Makes this browser the one that the link belongs to. */
export const setLookCookie = (c: Context<Env>, lookId: number): void =>
  setHostCookie(c, cookieOf(lookId), proofOf(c.var.app.guestKeys()[0], lookId), MONTH_S)

/** The guest whose media link this is, if the request comes from their browser. */
export function guestAsking(app: App, request: Request, connection: Connection, path: string): number | null {
  const [, guest] = OF_GUEST.exec(path) ?? []
  return guest && holdsLook(app, request, connection, Number(guest) - GUESTS) ? Number(guest) : null
}
