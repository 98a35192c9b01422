import { and, eq, isNull } from 'drizzle-orm'
import type { App } from '../../context'
import type { Tx } from '../../db/open'
import type { Write } from '../../db/write'
import { log } from '../../log'
import { failCheckout, knownOf } from './model'
import { providerOf } from './open'
import { settleAll } from './settle'
import { type Checkout, checkouts } from './table'

/**
 * Takes note of a buyer who came back from the provider, and confirms the payment. What they brought is stored first, so
 * that the job can confirm it if the answer gets lost. Coming back again changes nothing.
 */
export async function confirmOnReturn(
  app: App,
  write: Write<Tx>,
  checkout: Checkout,
  query: URLSearchParams,
): Promise<void> {
  const provider = providerOf(app, checkout.provider)
  if (!provider?.approvalOf || checkout.transferId !== null) return
  const approval = provider.approvalOf(knownOf(checkout), query)
  if (approval) await write((tx) => keepApproval(tx, checkout.id, approval))
  const known = { ...knownOf(checkout), approval }
  const events = await provider.ask(known, app.now()).catch((error) => {
    log.warn('The payment provider did not answer', { checkout: checkout.id, error: String(error) })
    return undefined
  })
  if (events?.length) await write((tx) => settleAll(tx, events, app.now()))
  else if (events && !approval && query.has('code')) await write((tx) => failCheckout(tx, checkout.id, app.now()))
}

/** Once the payment has begun, what it was confirmed with does not change any more. */
const keepApproval = (tx: Tx, id: number, approval: string) =>
  tx
    .update(checkouts)
    .set({ approval })
    .where(and(eq(checkouts.id, id), isNull(checkouts.paymentId)))
