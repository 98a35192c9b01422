/** A payment to request from the provider. */
export type Order = {
  /** Our own id of the payment. Requests with the same reference create one payment. */
  reference: string
  title: string
  /** The price in the smallest unit of the currency. */
  amount: number
  currency: string
  /** Where the provider sends the person back to after success or failure. */
  returnUrl: string
}

/** A payment page of the provider. */
export type Opened = { sessionId: string; url: string; expiresAt: Date }

/** An event that a provider reports. Events may arrive repeatedly and in any order. */
export type PaymentEvent =
  | {
      /** `begun` means that the money is on its way, which may take days. */
      what: 'begun' | 'paid'
      reference: string | null
      sessionId: string
      paymentId: string | null
      amount: number | null
      currency: string | null
    }
  | { what: 'failed'; reference: string | null; sessionId: string }
  | {
      /** The buyer got or demands money back: `amount` of `total`, if the total is known. */
      what: 'claimed'
      paymentId: string
      /** `refunds` for all refunds together, or the id of one dispute. */
      claim: string
      amount: number
      total?: number
      currency: string
      /** The progress of the claim. A later stage replaces an earlier one. */
      stage: number
      /** Whether the claim currently withholds the money from the community. */
      held: boolean
    }

/** A service that takes payments. Its calls may take seconds or fail, so they must not be made inside a write. */
export type Provider = {
  name: string
  /** Creates a payment page, once per reference. Throws `Refused` when retrying is useless. */
  open(order: Order): Promise<Opened>
  /** Returns the current state of a payment, or null when there is no result yet. */
  ask(sessionId: string): Promise<PaymentEvent | null>
  /** Verifies and reads a webhook request. Returns null for events that do not matter here. */
  read(body: Uint8Array, signature: string | undefined, now: Date): Promise<PaymentEvent | null>
}

/** The provider refuses a payment for good, so that retrying is useless. */
export class Refused extends Error {}
