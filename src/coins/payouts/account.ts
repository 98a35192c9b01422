import { log } from '../../log'
import { seal, unseal } from '../../sealed'

/** Where a payout is paid to. It is stored encrypted, shown to administrators only, and deleted when the payout ends. */
export type PayeeAccount = { bank: string; account: string; holder: string }

const owner = (payoutId: number) => `account of payout ${payoutId}`

/** Encrypts the bank account of a payout, which can be decrypted for this payout only. */
export const sealAccount = (key: Uint8Array, payoutId: number, account: PayeeAccount): string =>
  seal(key, owner(payoutId), JSON.stringify(account))

/** Returns null when there is none, or when the database belongs to another secrets.json. */
export function openAccount(key: Uint8Array, payout: { id: number; account: string | null }): PayeeAccount | null {
  if (!payout.account) return null
  try {
    return JSON.parse(unseal(key, owner(payout.id), payout.account)) as PayeeAccount
  } catch {
    log.error('The bank account of a payout does not belong to secrets.json', { payout: payout.id })
    return null
  }
}
