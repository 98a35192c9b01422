import type { PushWords } from '../../shapes/push'

/** Signs requests to push services (VAPID, RFC 8292). `audience` is the service's origin. */
export type Vapid = { authorization(audience: string): Promise<string> }

export type PushTools = {
  publicKey: string
  vapid: Vapid
  topicKey: Uint8Array
  /** Whether endpoints on private addresses are accepted, for trials. */
  allowPrivate: boolean
  words: PushWords
}
