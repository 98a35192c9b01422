import type { FactorChange } from '../../../shapes/second-factor'
import type { Tx } from '../../db/open'
import { enqueue } from '../../jobs/queue'

/** Tells the owner by mail what happened to their second factor. */
export const mailFactorChange = (tx: Tx, userId: number, change: FactorChange, now: Date) =>
  enqueue(tx, 'mail.factor', { userId, change, mail: crypto.randomUUID() }, now)
