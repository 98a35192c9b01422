/** What somebody is to pay. */
export type Order = {
  /** Ours, the same whenever it is asked for again: it is made once. */
  reference: string
  title: string
  /** In the smallest unit of the currency. */
  amount: number
  currency: string
  /** Where the person comes back to, however it ended. */
  returnUrl: string
}

/** Where it is paid. */
export type Opened = { sessionId: string; url: string; expiresAt: Date }

/** What a provider says has happened. It may say so many times and in any order. */
export type Told =
  | {
      /** `begun`: the money is on its way, which may take days. */
      what: 'begun' | 'paid'
      reference: string | null
      sessionId: string
      paymentId: string | null
      amount: number | null
      currency: string | null
    }
  | { what: 'failed'; reference: string | null; sessionId: string }
  | {
      /** The buyer has money back, or wants it: of `total`, if that is said, `amount`. */
      what: 'claimed'
      paymentId: string
      /** `refunds` for all refunds together, else the id of one dispute. */
      claim: string
      amount: number
      total?: number
      currency: string
      /** What is further replaces what was before. */
      stage: number
      /** Whether the money is gone. */
      held: boolean
    }

/** Whoever takes money for us. Each call may take seconds and may fail: never made inside a write. */
export type Provider = {
  name: string
  /** Makes the page to pay on, once for a reference. Throws `Refused` when it never will. */
  open(order: Order): Promise<Opened>
  /** What became of it until now; null: nothing yet. */
  ask(sessionId: string): Promise<Told | null>
  /** What a webhook says, once its signature is proved; null: nothing that matters here. */
  read(body: Uint8Array, signature: string | undefined, now: Date): Promise<Told | null>
}

/** It will not, however often it is asked. */
export class Refused extends Error {}
