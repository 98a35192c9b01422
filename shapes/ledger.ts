import { z } from 'zod'
import { object } from './object'

const whereabouts = {
  issued: z.int().describe('All coins ever issued: the sum of held, reserved, house, paidOut and takenBack.'),
  held: z.int().describe('Coins that people can spend, minus their debts.'),
  owed: z.int().describe('Debts of people for refunded sales. They are already subtracted from `held`.'),
  reserved: z.int().describe('Coins set aside for requested payouts.'),
  house: z.int().describe('Fees and forfeited coins.'),
  paidOut: z.int(),
  takenBack: z.int().describe('Coins taken back because the money for them was refunded.'),
}

export const ledgerReportSchema = object(() => ({
  ok: z.boolean().describe('Whether the ledger has no faults.'),
  transfers: z.int(),
  accounts: z.int(),
  faults: z.array(z.string()),
  days: z
    .array(object(() => ({ day: z.iso.date(), ...whereabouts })))
    .describe('Where all coins were at the end of each day with transfers.'),
  checkedAt: z.iso.datetime(),
})).meta({ id: 'LedgerReport' })

export type LedgerReport = z.infer<typeof ledgerReportSchema>
