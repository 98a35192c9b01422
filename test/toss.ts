import type { Json } from './harness'

const SECRET_KEY = 'test_sk_pinhole'
const CLIENT_KEY = 'test_ck_pinhole'
/** How long a buyer's approval can be confirmed. */
const APPROVAL_MS = 10 * 60_000

type Method = 'CARD' | 'EASY_PAY' | 'VIRTUAL_ACCOUNT'
type Asked = { method: string; path: string; body: Json; key: string | null }
/** What the server does with the next request instead of answering it normally. */
type Trouble = 'drops the answer' | 'is down' | 'declines' | 'is busy'

export type FakeToss = ReturnType<typeof fakeToss>

const newId = () => crypto.randomUUID().replaceAll('-', '')
const METHODS: Record<Method, string> = { CARD: '카드', EASY_PAY: '간편결제', VIRTUAL_ACCOUNT: '가상계좌' }

/**
 * A local server that implements the part of the API of Toss Payments that we use, as its documentation describes it
 * (https://docs.tosspayments.com/reference): confirmations, once for each idempotency key, and questions about payments.
 * Calls such as `approve`, `deposit` and `cancel` simulate what buyers, banks and the dashboard do, and return what the
 * browser or the webhook would bring.
 */
export function fakeToss({ now = Date.now }: { now?: () => number } = {}) {
  const payments = new Map<string, Json>()
  const answered = new Map<string, { status: number; answer: Json }>()
  const asked: Asked[] = []
  const troubles: Trouble[] = []
  const time = (ms = now()) => new Date(ms).toISOString().replace(/\.\d+Z$/, '+00:00')

  const refusal = (status: number, code: string, message = '') => ({ status, answer: { code, message } })
  const byOrder = (orderId: string) => [...payments.values()].findLast((each) => each.orderId === orderId)

  function confirm({ paymentKey, orderId, amount }: Json) {
    const payment = payments.get(paymentKey)
    if (!payment) return refusal(404, 'NOT_FOUND_PAYMENT', '존재하지 않는 결제 정보 입니다.')
    if (payment.orderId !== orderId || payment.totalAmount !== amount)
      return refusal(400, 'INVALID_REQUEST', '잘못된 요청입니다.')
    if (payment.status !== 'IN_PROGRESS') return refusal(400, 'ALREADY_PROCESSED_PAYMENT', '이미 처리된 결제 입니다.')
    if (now() > payment.approvableUntil) {
      payment.status = 'EXPIRED'
      return refusal(404, 'NOT_FOUND_PAYMENT_SESSION', '결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다.')
    }
    if (payment.virtualAccount) Object.assign(payment, { status: 'WAITING_FOR_DEPOSIT' })
    else Object.assign(payment, { status: 'DONE', approvedAt: time() })
    return { status: 200, answer: payment }
  }

  function confirmOnce(key: string | null, body: Json) {
    const before = key === null ? undefined : answered.get(key)
    const made = before ?? structuredClone(confirm(body))
    if (key !== null) answered.set(key, made)
    return made
  }

  function answerTo({ method, path, body, key }: Asked, trouble: Trouble | undefined) {
    const [, orderId] = /^\/v1\/payments\/orders\/([\w-]+)$/.exec(path) ?? []
    const [, paymentKey] = /^\/v1\/payments\/(\w+)$/.exec(path) ?? []
    if (method === 'POST' && path === '/v1/payments/confirm') {
      if (trouble === 'is busy') return refusal(409, 'IDEMPOTENT_REQUEST_PROCESSING', '이전 멱등 요청이 처리중입니다.')
      if (trouble !== 'declines') return confirmOnce(key, body)
      Object.assign(payments.get(body.paymentKey), { status: 'ABORTED' })
      return refusal(403, 'REJECT_CARD_PAYMENT', '한도초과 혹은 잔액부족으로 결제에 실패했습니다.')
    }
    const found = method === 'GET' && (orderId ? byOrder(orderId) : payments.get(paymentKey ?? ''))
    return found ? { status: 200, answer: found } : refusal(404, 'NOT_FOUND_PAYMENT', '존재하지 않는 결제 정보 입니다.')
  }

  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const text = await request.text()
      const ask: Asked = {
        method: request.method,
        path: new URL(request.url).pathname,
        body: text ? JSON.parse(text) : undefined,
        key: request.headers.get('idempotency-key'),
      }
      asked.push(ask)
      const basic = `Basic ${Buffer.from(`${SECRET_KEY}:`).toString('base64')}`
      if (request.headers.get('authorization') !== basic)
        return Response.json({ code: 'UNAUTHORIZED_KEY', message: '인증되지 않은 시크릿 키입니다.' }, { status: 401 })
      const trouble = troubles.shift()
      if (trouble === 'is down') return new Response('', { status: 500 })
      const { status, answer } = answerTo(ask, trouble)
      if (trouble === 'drops the answer')
        return new Response(new ReadableStream({ pull: (stream) => stream.error(new Error('cut off')) }))
      const { approvableUntil, ...shown } = answer
      return Response.json(shown, { status })
    },
  })

  const changed = (payment: Json) => {
    const { approvableUntil, ...data } = payment
    return { eventType: 'PAYMENT_STATUS_CHANGED', createdAt: time(), data: structuredClone(data) }
  }
  /** The message about a deposit, which has no envelope. */
  const deposited = ({ orderId, status, secret }: Json) => ({
    createdAt: time(),
    secret,
    status,
    transactionKey: newId(),
    orderId,
  })

  return {
    env: {
      PINHOLE_TOSS_CLIENT_KEY: CLIENT_KEY,
      PINHOLE_TOSS_SECRET_KEY: SECRET_KEY,
      PINHOLE_TOSS_API: server.url.origin,
    },
    asked,
    payments,
    byOrder: (orderId: string): Json => byOrder(orderId),
    trouble: (...next: Trouble[]) => void troubles.push(...next),
    /** The buyer approves a payment in the provider's window. Returns what is added to the address of the way back. */
    approve(orderId: string, amount: number, method: Method = 'CARD') {
      const paymentKey = newId()
      payments.set(paymentKey, {
        mId: 'tosspayments',
        version: '2022-11-16',
        paymentKey,
        orderId,
        status: 'IN_PROGRESS',
        method: METHODS[method],
        totalAmount: amount,
        balanceAmount: amount,
        currency: 'KRW',
        requestedAt: time(),
        approvedAt: null,
        cancels: null,
        secret: `ps_${newId()}`,
        approvableUntil: now() + APPROVAL_MS,
        virtualAccount:
          method === 'VIRTUAL_ACCOUNT'
            ? {
                accountType: '일반',
                accountNumber: 'X6505636518308',
                bankCode: '20',
                customerName: '박토스',
                dueDate: time(now() + 24 * 3600_000),
                expired: false,
              }
            : null,
      })
      return new URLSearchParams({ paymentType: 'NORMAL', orderId, paymentKey, amount: String(amount) })
    },
    /** The money arrives on the virtual account. */
    deposit(orderId: string) {
      return deposited(Object.assign(byOrder(orderId), { status: 'DONE', approvedAt: time() }))
    },
    /** The bank undoes a deposit, which is then awaited again. */
    undoDeposit: (orderId: string) => deposited(Object.assign(byOrder(orderId), { status: 'WAITING_FOR_DEPOSIT' })),
    /** The time for the deposit has passed, which no message reports. */
    expire: (orderId: string) => void Object.assign(byOrder(orderId).virtualAccount, { expired: true }),
    /** Somebody cancels a part of the payment in the dashboard. */
    cancel(orderId: string, amount: number) {
      const payment = byOrder(orderId)
      payment.balanceAmount -= amount
      payment.cancels = [
        ...(payment.cancels ?? []),
        { cancelAmount: amount, transactionKey: newId(), canceledAt: time() },
      ]
      payment.status = payment.balanceAmount ? 'PARTIAL_CANCELED' : 'CANCELED'
      return payment.virtualAccount ? deposited(payment) : changed(payment)
    },
    changed: (orderId: string) => changed(byOrder(orderId)),
    async [Symbol.asyncDispose]() {
      await server.stop(true)
    },
  }
}
