import type { ProviderName } from '../../shapes/checkouts'

/** A payment to request from the provider. */
export type Order = {
  /** Our own id of the payment. Requests with the same reference create one payment. */
  reference: string
  title: string
  /** The price in the smallest unit of the currency. */
  amount: number
  currency: string
  /** The address of the payment here, where the provider sends the person back to after success or failure. */
  address: string
  now: Date
}

/** A payment page. The provider's window may also open on a page of ours. */
export type Opened = { sessionId: string; url: string; expiresAt: Date }

/** A bank account that waits for exactly this payment, until the time given. */
export type Deposit = { bank: string; account: string; holder: string; until: string }

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
      /** Where the buyer has to transfer the money, and the text that proves messages about it. */
      deposit?: Deposit
      secret?: string
    }
  | { what: 'failed'; reference: string | null; sessionId: string }
  | {
      /** The buyer got or demands money back: `amount` of `total`, if the total is known. */
      what: 'claimed'
      paymentId: string
      /** `refunds` for all refunds together, `deposit` for a deposit that the bank undid, or the id of one dispute. */
      claim: string
      amount: number
      total?: number
      currency: string
      /** The progress of the claim. A later stage replaces an earlier one. */
      stage: number
      /** Whether the claim currently withholds the money from the community. */
      held: boolean
    }

/** What is known here about a payment that a provider is asked about. */
export type Known = {
  reference: string
  sessionId: string | null
  /** The provider's id, known once the payment has begun. */
  paymentId: string | null
  /** The approval that the buyer brought back in an address. No money moves without it, and it proves nothing. */
  approval: string | null
  /** The text that messages about a deposit must carry. */
  secret: string | null
  amount: number
  currency: string
  expiresAt: Date | null
  /** Whether the coins have been credited. */
  paid: boolean
}

/** A message from the provider's server. */
export type Message = { body: Uint8Array; header: (name: string) => string | undefined; now: Date }

/** How the provider's window opens on a page of ours. */
export type Window = {
  /** The provider's script. */
  script: string
  clientKey: string
  /** What the page may load besides our own files, by directive of the content security policy. */
  policy: Record<string, string[]>
}

/** A service that takes payments. Its calls may take seconds or fail, so they must not be made inside a write. */
export type Provider = {
  name: ProviderName
  takes(currency: string): boolean
  /** Creates a payment page, once per reference. Throws `Refused` when retrying is useless. */
  open(order: Order): Promise<Opened>
  /**
   * Returns what has happened to a payment so far; nothing when there is no result yet. A payment that waits for our
   * confirmation after the buyer came back is confirmed first, with the amount that was agreed.
   */
  ask(payment: Known, now: Date): Promise<PaymentEvent[]>
  /** Verifies and reads a webhook request. Returns nothing for events that do not matter here. */
  read(message: Message, find: (reference: string) => Promise<Known | undefined>): Promise<PaymentEvent[]>
  /**
   * Reads the address on which the buyer came back, for providers that move money only after we confirm. Returns what
   * the confirmation needs, or null when the buyer did not pay. Throws when it belongs to another payment or amount.
   */
  approvalOf?(payment: Known, query: URLSearchParams): string | null
  window?: Window
}

/** The provider refuses a payment for good, so that retrying is useless. */
export class Refused extends Error {}
