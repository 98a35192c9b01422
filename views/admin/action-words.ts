import type { ActionJson, ActionKind } from '../../shapes/actions'
import { pageTitle } from '../pages/names'
import { bytesText } from '../parts/bytes'
import type { Translate } from '../words'
import { jobName } from './job-names'
import { outcomeNames } from './reports'
import { roleNames } from './role-names'
import { settingFacts } from './setting-changes'
import { effectNames, flagOutcomeNames } from './word-names'

/** The name of each kind of action. */
export const actionNames = (t: Translate): Record<ActionKind, string> => ({
  account_created: t('Account created'),
  account_deleted: t('Account deleted'),
  data_exported: t('Data exported'),
  deletion_begun: t('Deletion begun'),
  deletion_cancelled: t('Deletion cancelled'),
  account_suspended: t('Account suspended'),
  suspension_lifted: t('Suspension lifted'),
  member_approved: t('Member approved'),
  member_refused: t('Member refused'),
  age_confirmed: t('Age confirmed'),
  age_withdrawn: t('Age no longer confirmed'),
  quota_changed: t('Storage changed'),
  role_changed: t('Role changed'),
  reset_link_made: t('Password link created'),
  second_factor_reset: t('Two-step verification turned off'),
  post_removed: t('Post removed'),
  comment_removed: t('Comment removed'),
  report_settled: t('Report settled'),
  refund_refused: t('Refund refused'),
  sale_refunded: t('Sale refunded'),
  coins_granted: t('Coins granted'),
  vouchers_made: t('Vouchers created'),
  voucher_ended: t('Voucher withdrawn'),
  topup_approved: t('Top-up approved'),
  topup_refused: t('Top-up refused'),
  payout_paid: t('Payout paid'),
  payout_refused: t('Payout refused'),
  word_added: t('Word listed'),
  word_removed: t('Word taken off the list'),
  appeal_settled: t('Appeal decided'),
  flag_settled: t('Listed word checked'),
  setting_changed: t('Setting changed'),
  page_written: t('Page written'),
  page_deleted: t('Page deleted'),
  job_retried: t('Job retried'),
  mail_tested: t('Test mail sent'),
  invite_made: t('Invitation created'),
  invite_ended: t('Invitation revoked'),
  keys_rotated: t('Key replaced'),
  backup_asked: t('Backup started'),
  copies_dropped: t('Copies dropped'),
  copies_remade: t('Copies being made again'),
})

const coinsText = (n: number, t: Translate) => t({ one: '{n} coin', other: '{n} coins' }, { n })
const postText = (id: number, t: Translate) => t('Post {n}', { n: id })
const change = (from: string, to: string) => `${from} → ${to}`
const videosText = (n: number, t: Translate) => t({ one: '{n} video', other: '{n} videos' }, { n })
const quotaText = (mb: number | null, t: Translate) =>
  mb === null ? t('as the role has') : bytesText(mb * 1024 ** 2, t.locale)

/** The facts of an action, in the order in which they are shown. */
export function actionFacts(action: ActionJson, t: Translate): string[] {
  const roles = roleNames(t)
  switch (action.kind) {
    case 'account_created':
      return [roles[action.detail.role]]
    case 'role_changed':
      return [change(roles[action.detail.from], roles[action.detail.to])]
    case 'quota_changed':
      return [change(quotaText(action.detail.from, t), quotaText(action.detail.to, t))]
    case 'post_removed':
    case 'comment_removed':
      return [postText(action.detail.postId, t)]
    case 'report_settled':
      return [t('Report {n}', { n: action.detail.reportId }), outcomeNames(t)[action.detail.outcome]]
    case 'sale_refunded':
    case 'refund_refused':
      return [postText(action.detail.postId, t), coinsText(action.detail.coins, t)]
    case 'coins_granted':
      return [coinsText(action.detail.coins, t)]
    case 'vouchers_made':
      return [`${action.detail.count} × ${coinsText(action.detail.coins, t)}`]
    case 'voucher_ended':
      return [`#${action.detail.voucherId}`]
    case 'topup_approved':
    case 'topup_refused':
      return [`#${action.detail.topupId}`, coinsText(action.detail.coins, t)]
    case 'payout_paid':
    case 'payout_refused':
      return [`#${action.detail.payoutId}`, coinsText(action.detail.coins, t)]
    case 'word_added':
      return [action.detail.word, effectNames(t)[action.detail.effect]]
    case 'word_removed':
      return [action.detail.word]
    case 'appeal_settled':
      return [`#${action.detail.appealId}`, action.detail.outcome === 'granted' ? t('Agreed') : t('Denied')]
    case 'flag_settled':
      return [`#${action.detail.flagId}`, flagOutcomeNames(t)[action.detail.outcome]]
    case 'setting_changed':
      return settingFacts(action.detail, t)
    case 'page_written':
    case 'page_deleted':
      return [pageTitle(t, action.detail.page)]
    case 'job_retried':
      return [jobName(action.detail.job, t), `#${action.detail.jobId}`]
    case 'mail_tested':
      return [action.detail.accepted ? t('The mail server accepted it') : t('The mail server refused it')]
    case 'invite_made':
      return [`#${action.detail.inviteId}`, t({ one: '{n} use', other: '{n} uses' }, { n: action.detail.uses })]
    case 'invite_ended':
      return [`#${action.detail.inviteId}`]
    case 'copies_dropped':
      return [videosText(action.detail.files, t), bytesText(action.detail.bytes, t.locale)]
    case 'copies_remade':
      return [videosText(action.detail.files, t)]
    case 'keys_rotated':
      return action.detail.atOnce ? [t('Sessions and links ended at once')] : []
    default:
      return []
  }
}
