import { z } from 'zod'
import { later, object } from './object'

/** The kinds of events that a hook can be told of. */
export const HOOK_EVENTS = ['post', 'comment', 'like', 'follow', 'purchase', 'tip', 'report'] as const
export type HookEvent = (typeof HOOK_EVENTS)[number]

const eventsField = later(() =>
  z
    .array(z.enum(HOOK_EVENTS), 'Choose at least one thing to hear of.')
    .min(1, 'Choose at least one thing to hear of.')
    .describe(
      '`post`: somebody, also you, published a post that you may see. The others happened to you or your posts; `report` is ' +
        'for staff.',
    ),
)
const urlField = later(() => z.string().max(2000).refine(URL.canParse, 'Enter a valid address.'))

export const hookDraftSchema = object(() => ({ url: urlField(), events: eventsField() }))

export const hookPatchSchema = object(() => ({
  url: urlField(),
  events: eventsField(),
  enabled: z.boolean().describe('`true` turns on a hook that was turned off; what waits is sent again.'),
}))
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Please say what to change.')

export const hookSchema = object(() => ({
  id: z.int(),
  url: z.string(),
  events: z.array(z.enum(HOOK_EVENTS)),
  createdAt: z.iso.datetime(),
  enabled: z.boolean(),
  lastSuccessAt: z.iso.datetime().nullable(),
  failingSince: z.iso.datetime().nullable().describe('Since when the address has not accepted anything.'),
  problem: z.string().nullable().describe('Why the last attempt failed.'),
})).meta({ id: 'Hook' })

export const newHookSchema = object(() => ({
  ...hookSchema.shape,
  secret: z.string().describe('Starts with `whsec_`. It is shown only once.'),
})).meta({ id: 'NewHook' })

export const hookDeliverySchema = object(() => ({
  id: z.int(),
  messageId: z.string().describe('The `webhook-id`, which stays the same for each attempt.'),
  type: z.enum(HOOK_EVENTS),
  at: z.iso.datetime().describe('When it happened.'),
  outcome: z.enum(['waiting', 'delivered', 'dropped', 'failed']),
  attempts: z.int(),
  status: z.int().nullable().describe('The HTTP status of the last answer.'),
  detail: z.string().nullable(),
  dueAt: z.iso.datetime().nullable().describe('When the next attempt is made.'),
  doneAt: z.iso.datetime().nullable(),
})).meta({ id: 'HookDelivery' })

export type HookJson = z.infer<typeof hookSchema>
export type HookDeliveryJson = z.infer<typeof hookDeliverySchema>
