import { bool, id, int, primaryKey, ref, str, table, time } from '../../db/columns'

export const checkouts = table('checkouts', {
  id: id(),
  /** What the provider knows it by. Under a key made of it and of what the buyer is shown it makes one page to pay on, however often it is asked. */
  reference: str().notNull().unique(),
  userId: ref().notNull(),
  coins: int().notNull(),
  /** In the smallest unit of the currency. */
  amount: int().notNull(),
  currency: str().notNull(),
  provider: str().notNull(),
  /** Null until the provider made the page, and for ever when it did not. */
  sessionId: str().unique(),
  /** Known once somebody has begun to pay; refunds and disputes name it. */
  paymentId: str().unique(),
  url: str(),
  createdAt: time().notNull(),
  expiresAt: time(),
  failedAt: time(),
  /** What gave the coins. */
  transferId: ref().unique(),
  paidAt: time(),
  /** How much of the amount the buyer has back, or wants back. */
  claimed: int().notNull().default(0),
  /** How many of the coins were taken back for it. */
  taken: int().notNull().default(0),
  /** How often the provider was asked what became of it. */
  asked: int().notNull().default(0),
})

export const paymentClaims = table(
  'payment_claims',
  {
    paymentId: str().notNull(),
    /** `refunds` for all refunds together, else the provider's id of a dispute. */
    claim: str().notNull(),
    currency: str().notNull(),
    amount: int().notNull(),
    /** How far it is; what is further replaces what was before, whatever came first. */
    stage: int().notNull(),
    /** Whether the money is gone from the house. */
    held: bool().notNull(),
    at: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.paymentId, t.claim] })],
)

export const checkoutReversals = table('checkout_reversals', {
  id: id(),
  checkoutId: ref().notNull(),
  /** Taken back; below zero when given again. */
  coins: int().notNull(),
  transferId: ref().notNull().unique(),
  at: time().notNull(),
})

export type Checkout = typeof checkouts.$inferSelect
