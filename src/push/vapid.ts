import type { PushKeys } from '../keys'
import type { Vapid } from '../ports/push'

/** A signature is good for twelve hours (RFC 8292, 2 allows a day). */
const USED_MS = 3600_000

/**
 * Says to a push service who sends, as RFC 8292 has it. `contact` is where its keepers find ours. One signature is good for all that a
 * service is sent in an hour.
 */
export function createVapid({ publicKey, privateKey }: PushKeys, contact: string): Vapid {
  const signed = new Map<string, { header: string; until: number }>()
  return {
    async authorization(audience) {
      const now = Date.now() // the service's clock, and not that of our data
      const known = signed.get(audience)
      if (known && known.until > now) return known.header
      const { default: webPush } = await import('web-push')
      const { Authorization: header } = webPush.getVapidHeaders(audience, contact, publicKey, privateKey, 'aes128gcm')
      signed.set(audience, { header, until: now + USED_MS })
      return header
    },
  }
}

/** The public address, where it is one that others can open; else a name that is nobody's. */
export const contactOf = (url: string | undefined) =>
  url?.startsWith('https://') ? url : 'mailto:staff@pinhole.invalid'
