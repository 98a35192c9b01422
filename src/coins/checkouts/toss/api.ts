import { z } from 'zod'
import { object } from '../../../../shapes/object'

const API = 'https://api.tosspayments.com'
const ASK_TIMEOUT_MS = 20_000
/** A bank may need most of a minute to approve a payment, and giving up early would leave the buyer without an answer. */
const CONFIRM_TIMEOUT_MS = 60_000

/** The states of a payment: https://docs.tosspayments.com/reference#payment-객체 */
const STATUSES = [
  'READY',
  'IN_PROGRESS',
  'WAITING_FOR_DEPOSIT',
  'DONE',
  'CANCELED',
  'PARTIAL_CANCELED',
  'ABORTED',
  'EXPIRED',
] as const

const account = object(() => ({
  accountNumber: z.string(),
  bankCode: z.string().nullish(),
  bank: z.string().nullish(),
  customerName: z.string().nullish(),
  dueDate: z.string().nullish(),
  expired: z.boolean().nullish(),
}))

/** The fields of a `Payment` that matter here. */
const paymentSchema = object(() => ({
  paymentKey: z.string().min(1),
  orderId: z.string(),
  status: z.enum(STATUSES),
  totalAmount: z.int(),
  balanceAmount: z.int(),
  currency: z.string().toLowerCase().default('krw'),
  approvedAt: z.string().nullish(),
  secret: z.string().nullish(),
  virtualAccount: account.nullish(),
}))
export type TossPayment = z.infer<typeof paymentSchema>

const failureSchema = object(() => ({ code: z.string(), message: z.string().optional() }))

/** An answer of Toss that says no, with its code: https://docs.tosspayments.com/reference/error-codes */
export class TossRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message = '',
  ) {
    super(`Toss Payments: ${status} ${code} ${message}`)
  }
}

/**
 * The calls of Toss Payments that are used here. The secret key is the user name of basic authentication, without a
 * password: https://docs.tosspayments.com/reference/using-api/authorization
 */
export function tossApi({ secretKey, api = API }: { secretKey: string; api?: string | undefined }) {
  const authorization = `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`

  async function call(path: string, timeout: number, init: { method?: string; body?: string; key?: string } = {}) {
    const { key, ...request } = init
    const answer = await fetch(`${api}/v1/payments/${path}`, {
      ...request,
      redirect: 'error', // the secret key is meant for this address only
      signal: AbortSignal.timeout(timeout),
      headers: {
        authorization,
        ...(request.body && { 'content-type': 'application/json' }),
        ...(key && { 'idempotency-key': key }),
      },
    })
    const body: unknown = await answer.json()
    if (answer.ok) return paymentSchema.parse(body)
    const failure = failureSchema.safeParse(body).data
    throw new TossRefusal(answer.status, failure?.code ?? '', failure?.message)
  }

  return {
    /** Moves the money. A repetition with the same key, within 15 days, gets the first answer again. */
    confirm: (order: { paymentKey: string; orderId: string; amount: number }, key: string) =>
      call('confirm', CONFIRM_TIMEOUT_MS, { method: 'POST', body: JSON.stringify(order), key }),
    byKey: (paymentKey: string) => call(encodeURIComponent(paymentKey), ASK_TIMEOUT_MS),
    byOrder: (orderId: string) => call(`orders/${encodeURIComponent(orderId)}`, ASK_TIMEOUT_MS),
  }
}
