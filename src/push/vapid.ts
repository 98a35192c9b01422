import type { PushKeys } from '../keys'
import type { Vapid } from '../ports/push'
import { webPush } from './library'

/** A signature is reused for this long; it is valid for twelve hours (RFC 8292, 2 allows a day). */
const USED_MS = 3600_000

/**
 * Creates the header that identifies this server to push services (RFC 8292). `contact` is where their operators can
 * reach ours. One signature is reused for everything sent to a service within an hour.
 */
export function createVapid({ publicKey, privateKey }: PushKeys, contact: string): Vapid {
  const signed = new Map<string, { header: string; until: number }>()
  return {
    async authorization(audience) {
      const now = Date.now() // Real time, since the service compares it with its own clock.
      const known = signed.get(audience)
      if (known && known.until > now) return known.header
      const { getVapidHeaders } = await webPush()
      const { Authorization: header } = getVapidHeaders(audience, contact, publicKey, privateKey, 'aes128gcm')
      signed.set(audience, { header, until: now + USED_MS })
      return header
    },
  }
}

/** Returns the public URL if others can open it, and a placeholder address otherwise. */
export const contactOf = (url: string | undefined) =>
  url?.startsWith('https://') ? url : 'mailto:staff@pinhole.invalid'
