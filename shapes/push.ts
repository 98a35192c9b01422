import { createECDH } from 'node:crypto'
import { z } from 'zod'
import type { Locale } from './locales'
import type { Kind } from './notifications'
import { KINDS } from './notifications'

/** What a push says, before it is put into words. */
export type PushContent = {
  kind: Kind
  /** How many people it tells of. */
  count: number
  coins: number | null
  note: string | null
  postId: number | null
  commentId: number | null
  actors: { handle: string; displayName: string }[]
  post?: { id: number; caption: string; sensitive: boolean }
}

/** Puts a push, or the test push, into the words of a language. */
export type PushWords = (content: PushContent | 'test', locale: Locale) => { title: string; body: string }

/** `sent`: the service has it. `dropped`: nobody wants it any more. `failed`: the service would not have it. */
export const OUTCOMES = ['sent', 'dropped', 'failed'] as const

const bytesOf = (text: string) => Buffer.from(text, 'base64url')

/** An uncompressed point on P-256 (RFC 8291, 3.1): 65 bytes, the first of them 4. What is off the curve no secret is agreed on with. */
function isPoint(text: string): boolean {
  const point = bytesOf(text)
  if (point.length !== 65 || point[0] !== 4) return false
  const ours = createECDH('prime256v1')
  ours.generateKeys()
  try {
    return ours.computeSecret(point).length === 32
  } catch {
    return false
  }
}

const base64url = z
  .string()
  .max(200)
  .regex(/^[\w-]+={0,2}$/, 'base64url is expected.')

const unpadded = (text: string) => text.replace(/=+$/, '')

const endpointSchema = z.string().max(2000).refine(URL.canParse, 'An address is expected.')

/** What a browser's `PushSubscription.toJSON()` gives; what else it gives is of no use. */
export const subscribeSchema = z.object({
  endpoint: endpointSchema,
  keys: z.object({
    p256dh: base64url.refine(isPoint, 'A point on P-256 of 65 bytes is expected.').transform(unpadded),
    auth: base64url.refine((text) => bytesOf(text).length === 16, '16 bytes are expected.').transform(unpadded),
  }),
  name: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .optional()
    .describe('What to call the device; else as its browser calls itself.'),
  replaces: endpointSchema.optional().describe('The endpoint that this device had before.'),
})

export type SubscriptionDraft = z.infer<typeof subscribeSchema>

export const renameSchema = z.object({ name: z.string().trim().min(1).max(60) })

export const testSchema = z.object({
  subscriptionId: z.int().optional().describe('Only to this device; else to all.'),
})

export const deliverySchema = z
  .object({
    id: z.int(),
    kind: z.enum([...KINDS, 'test']),
    at: z.iso.datetime(),
    outcome: z.enum(['waiting', ...OUTCOMES]),
    attempts: z.int(),
    status: z.int().nullable().describe('What the push service answered.'),
    detail: z.string().nullable().describe('Why, where it did not answer or was not asked.'),
    doneAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Delivery' })

export type DeliveryJson = z.infer<typeof deliverySchema>

export const subscriptionSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    endpoint: z.string(),
    createdAt: z.iso.datetime(),
    lastSuccessAt: z.iso.datetime().nullable(),
    lastFailureAt: z.iso.datetime().nullable(),
    lastFailure: z.string().nullable(),
    deliveries: z.array(deliverySchema).describe('The newest ten.'),
  })
  .meta({ id: 'PushSubscription' })

export type SubscriptionJson = z.infer<typeof subscriptionSchema>
