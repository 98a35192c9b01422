import { z } from 'zod'
import type { AppealOutcome } from './appeals'
import { object } from './object'
import type { PageName } from './pages'
import type { Outcome } from './reports'
import type { Role } from './users'
import type { Effect, FlagOutcome } from './words'

type Nothing = Record<string, never>

/** Everything that is recorded, and what is told about each. No detail may name a person, since no row is ever changed. */
export type ActionDetails = {
  account_created: { role: Role }
  account_deleted: Nothing
  data_exported: Nothing
  deletion_begun: { days: number }
  deletion_cancelled: Nothing
  account_suspended: Nothing
  suspension_lifted: Nothing
  member_approved: Nothing
  member_refused: Nothing
  age_confirmed: Nothing
  age_withdrawn: Nothing
  quota_changed: { from: number | null; to: number | null }
  role_changed: { from: Role; to: Role }
  reset_link_made: Nothing
  second_factor_reset: Nothing
  post_removed: { postId: number }
  comment_removed: { commentId: number; postId: number }
  report_settled: { reportId: number; outcome: Outcome }
  sale_refunded: { postId: number; coins: number }
  refund_refused: { postId: number; coins: number }
  coins_granted: { coins: number }
  vouchers_made: { count: number; coins: number; uses: number; expiresAt: string | null }
  voucher_ended: { voucherId: number }
  topup_approved: { topupId: number; coins: number }
  topup_refused: { topupId: number; coins: number }
  payout_paid: { payoutId: number; coins: number }
  payout_refused: { payoutId: number; coins: number }
  word_added: { word: string; effect: Effect }
  word_removed: { word: string }
  appeal_settled: { appealId: number; outcome: AppealOutcome }
  flag_settled: { flagId: number; outcome: FlagOutcome }
  setting_changed: { name: string; from: unknown; to: unknown }
  page_written: { page: PageName }
  page_deleted: { page: PageName }
  job_retried: { jobId: number; job: string }
  mail_tested: { accepted: boolean }
  invite_made: { inviteId: number; uses: number }
  invite_ended: { inviteId: number }
  keys_rotated: { atOnce: boolean }
  backup_asked: Nothing
  copies_dropped: { files: number; bytes: number }
  copies_remade: { files: number }
}
export type ActionKind = keyof ActionDetails

export const ACTION_KINDS = [
  'account_created',
  'account_deleted',
  'data_exported',
  'deletion_begun',
  'deletion_cancelled',
  'account_suspended',
  'suspension_lifted',
  'member_approved',
  'member_refused',
  'age_confirmed',
  'age_withdrawn',
  'quota_changed',
  'role_changed',
  'reset_link_made',
  'second_factor_reset',
  'post_removed',
  'comment_removed',
  'report_settled',
  'sale_refunded',
  'refund_refused',
  'coins_granted',
  'vouchers_made',
  'voucher_ended',
  'topup_approved',
  'topup_refused',
  'payout_paid',
  'payout_refused',
  'word_added',
  'word_removed',
  'appeal_settled',
  'flag_settled',
  'setting_changed',
  'page_written',
  'page_deleted',
  'job_retried',
  'mail_tested',
  'invite_made',
  'invite_ended',
  'keys_rotated',
  'backup_asked',
  'copies_dropped',
  'copies_remade',
] as const satisfies ActionKind[]

/** Stands for somebody whose account was deleted. Nobody can have this handle. */
export const DELETED = 'deleted'

export const actionSchema = object(() => ({
  id: z.int(),
  at: z.iso.datetime(),
  kind: z.enum(ACTION_KINDS),
  by: z
    .string()
    .nullable()
    .describe('The handle of the person who did it; `deleted` if they have left, null for the command line.'),
  on: z
    .string()
    .nullable()
    .describe('The handle of the person it concerns; `deleted` if they have left, null if it concerns nobody.'),
  reason: z.string().nullable().describe('The reason or the note that was given.'),
  detail: z.record(z.string(), z.unknown()).describe('Facts that depend on the kind, such as ids, coins or roles.'),
})).meta({ id: 'Action' })

type Row<K extends ActionKind> = Omit<z.infer<typeof actionSchema>, 'kind' | 'detail'> & {
  kind: K
  detail: ActionDetails[K]
}
/** An action of any kind, with the detail that belongs to it. */
export type ActionJson = { [K in ActionKind]: Row<K> }[ActionKind]
