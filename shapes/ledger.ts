import { z } from 'zod'

const whereabouts = {
  issued: z.int().describe('All coins ever made: held, reserved, house, paidOut and takenBack together.'),
  held: z.int().describe('What people may spend, less what they owe.'),
  owed: z.int().describe('What people owe for sales that were taken back; held is less by it.'),
  reserved: z.int().describe('Set aside for payouts that are asked for.'),
  house: z.int().describe('Fees, and what was given up.'),
  paidOut: z.int(),
  takenBack: z.int().describe('Of coins that were bought and whose money went back.'),
}

export const ledgerReportSchema = z
  .object({
    ok: z.boolean().describe('No fault was found.'),
    transfers: z.int(),
    accounts: z.int(),
    faults: z.array(z.string()),
    days: z
      .array(z.object({ day: z.iso.date(), ...whereabouts }))
      .describe('Where all coins were at the end of each day on which some moved.'),
    checkedAt: z.iso.datetime(),
  })
  .meta({ id: 'LedgerReport' })

export type LedgerReport = z.infer<typeof ledgerReportSchema>
