import type { ProviderName } from '../../../shapes/checkouts'
import { bool, id, int, json, primaryKey, ref, str, table, time } from '../../db/columns'
import type { Deposit } from '../../ports/payments'

export const checkouts = table('checkouts', {
  id: id<'checkout'>(),
  /** Our id of the payment at the provider, which also ensures that retries create one payment page. */
  reference: str().notNull().unique(),
  userId: ref<'user'>().notNull(),
  coins: int().notNull(),
  /** The price in the smallest unit of the currency. */
  amount: int().notNull(),
  currency: str().notNull(),
  provider: str().$type<ProviderName>().notNull(),
  /** The id of the payment page; null until the provider has created it. */
  sessionId: str().unique(),
  /** The id that refunds and disputes refer to; known once the payment has begun. */
  paymentId: str().unique(),
  url: str(),
  createdAt: time().notNull(),
  expiresAt: time(),
  failedAt: time(),
  /** The transfer that credited the coins. */
  transferId: ref<'transfer'>().unique(),
  paidAt: time(),
  /** The part of the amount that was refunded or is disputed. */
  claimed: int().notNull().default(0),
  /** How many coins were taken back for refunds and disputes. */
  taken: int().notNull().default(0),
  /** How often the provider was asked for the state of the payment. */
  asked: int().notNull().default(0),
  /** The approval that the buyer brought back from the provider, for the confirmation. It proves nothing by itself. */
  approval: str(),
  /** The text that the provider's messages about a deposit must carry. */
  secret: str(),
  /** Where the buyer has to transfer the money, while a deposit is awaited. */
  deposit: json<Deposit>(),
})

export const paymentClaims = table(
  'payment_claims',
  {
    paymentId: str().notNull(),
    /** `refunds` for all refunds together, or the id of one dispute. */
    claim: str().notNull(),
    currency: str().notNull(),
    amount: int().notNull(),
    /** The progress of the claim. A later stage replaces an earlier one, even if it arrives first. */
    stage: int().notNull(),
    /** Whether the claim currently withholds the money from the community. */
    held: bool().notNull(),
    at: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.paymentId, t.claim] })],
)

export const checkoutReversals = table('checkout_reversals', {
  id: id(),
  checkoutId: ref<'checkout'>().notNull(),
  /** How many coins were taken back; negative when they were returned. */
  coins: int().notNull(),
  transferId: ref<'transfer'>().notNull().unique(),
  at: time().notNull(),
})

export type Checkout = typeof checkouts.$inferSelect
