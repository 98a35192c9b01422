import type { SuspendedManyJson } from '../../shapes/people'
import type { Tx } from '../db/open'
import type { Account } from '../ports/people'
import { Problem } from '../problem'
import { findAccountOf } from './model'
import { liftSuspension, suspend } from './suspension'

type Staff = Pick<Account, 'id' | 'role'>

/** Suspends several people at once. Those who cannot be suspended stay as they are, and each is named with the reason. */
export const suspendMany = (tx: Tx, by: Staff, handles: string[], reason: string, now: Date) =>
  forEach(handles, async (handle) => {
    await suspend(tx, by, await findAccountOf(tx, handle), reason, now)
  })

/** Lifts the suspensions of several people at once. */
export const liftMany = (tx: Tx, by: Staff, handles: string[], now: Date) =>
  forEach(handles, async (handle) => liftSuspension(tx, by, await findAccountOf(tx, handle), now))

/** Both actions refuse before they write anything, so a refusal leaves the transaction as it was. */
async function forEach(handles: string[], act: (handle: string) => Promise<void>): Promise<SuspendedManyJson> {
  const result: SuspendedManyJson = { changed: [], left: [] }
  for (const handle of new Set(handles.map((each) => each.trim().replace(/^@/, '').toLowerCase())))
    try {
      await act(handle)
      result.changed.push(handle)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      result.left.push({ handle, code: error.members.code ?? error.kind, detail: error.message })
    }
  return result
}
