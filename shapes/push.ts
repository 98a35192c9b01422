import { z } from 'zod'
import type { Locale } from './locales'
import type { Kind } from './notifications'
import { KINDS } from './notifications'
import { later, object } from './object'
import { nameField } from './text'

/** The content of a push, before it is put into words. */
export type PushContent = {
  kind: Kind
  /** The number of people it is about. */
  count: number
  coins: number | null
  note: string | null
  postId: number | null
  commentId: number | null
  actors: { handle: string; displayName: string }[]
  post?: { id: number; caption: string; sensitive: boolean; adultsOnly: boolean }
}

/** Writes the sentences of a push, or of the test push, in a language. */
export type PushWords = (content: PushContent | 'test', locale: Locale) => { title: string; body: string }

/** `sent`: the service accepted the push. `dropped`: the push is out of date. `failed`: the service refused it. */
export const OUTCOMES = ['sent', 'dropped', 'failed'] as const

const bytesOf = (text: string) => Buffer.from(text, 'base64url')

/**
 * Tells whether this is an uncompressed point on P-256 (RFC 8291, 3.1): 65 bytes, the first of which is 4. No secret
 * can be agreed on with a point that is off the curve.
 */
function isPoint(text: string): boolean {
  const point = bytesOf(text)
  if (point.length !== 65 || point[0] !== 4) return false
  const ours = process.getBuiltinModule('node:crypto').createECDH('prime256v1')
  ours.generateKeys()
  try {
    return ours.computeSecret(point).length === 32
  } catch {
    return false
  }
}

const base64url = later(() =>
  z
    .string()
    .max(200)
    .regex(/^[\w-]+={0,2}$/, 'This must be base64url.'),
)

const unpadded = (text: string) => text.replace(/=+$/, '')

const deviceName = later(() => nameField({ max: 60, empty: 'Please enter a name.' }))
const endpointSchema = later(() => z.string().max(2000).refine(URL.canParse, 'Enter a valid address.'))

/** The fields of a browser's `PushSubscription.toJSON()` that are used. */
export const subscribeSchema = object(() => ({
  endpoint: endpointSchema(),
  keys: object(() => ({
    p256dh: base64url().refine(isPoint, 'This must be an uncompressed P-256 point of 65 bytes.').transform(unpadded),
    auth: base64url()
      .refine((text) => bytesOf(text).length === 16, 'This must be 16 bytes long.')
      .transform(unpadded),
  })),
  name: deviceName().optional().describe('A name for the device. By default the name of its browser.'),
  replaces: endpointSchema().optional().describe('The previous endpoint of this device.'),
}))

export type SubscriptionDraft = z.infer<typeof subscribeSchema>

export const renameSchema = object(() => ({ name: deviceName() }))

export const testSchema = object(() => ({
  subscriptionId: z.int().optional().describe('The device to test. By default all devices.'),
}))

export const deliverySchema = object(() => ({
  id: z.int(),
  kind: z.enum([...KINDS, 'test']),
  at: z.iso.datetime(),
  outcome: z.enum(['waiting', ...OUTCOMES]),
  attempts: z.int(),
  status: z.int().nullable().describe('The HTTP status of the push service.'),
  detail: z.string().nullable().describe('Why the push failed or was not sent.'),
  doneAt: z.iso.datetime().nullable(),
})).meta({ id: 'Delivery' })

export type DeliveryJson = z.infer<typeof deliverySchema>

export const subscriptionSchema = object(() => ({
  id: z.int(),
  name: z.string(),
  endpoint: z.string(),
  createdAt: z.iso.datetime(),
  lastSuccessAt: z.iso.datetime().nullable(),
  lastFailureAt: z.iso.datetime().nullable(),
  lastFailure: z.string().nullable(),
  deliveries: z.array(deliverySchema).describe('The ten newest deliveries.'),
})).meta({ id: 'PushSubscription' })

export type SubscriptionJson = z.infer<typeof subscriptionSchema>
