/** A sentence of the program that notifications of the kind `staff` carry, and the page that it leads to. */
export type Note = { note: string; page: string }

export const TOPUP_WAITS: Note = {
  note: 'A member waits for coins that they paid for.',
  page: '/admin/topups?status=pending',
}
export const PAYOUT_WAITS: Note = { note: 'A member waits for a payout.', page: '/admin/payouts?status=asked' }
export const REFUND_ASKED: Note = { note: 'A buyer asks for a refund.', page: '/coins/refunds' }
export const REFUND_REFUSED: Note = { note: 'Your request for a refund was refused.', page: '/coins/refunds/mine' }
export const REFUND_WAITS: Note = { note: 'A member asks for a refund.', page: '/admin/refunds' }
export const BACKUP_FAILED: Note = { note: 'The backup failed. See why, and make another one.', page: '/admin/backups' }
export const HOOK_DISABLED: Note = {
  note: 'A webhook was turned off, because its address did not answer.',
  page: '/hooks',
}
export const NEW_DEVICE: Note = { note: 'A new device signed in to your account.', page: '/sessions' }
export const EXPORT_READY: Note = {
  note: 'Everything of yours is collected. You can download it for a week.',
  page: '/users/account/exports',
}
export const EXPORT_FAILED: Note = {
  note: 'Your data could not be collected. See why, and try again.',
  page: '/users/account/exports',
}

export const SIGN_UP_WAITS: Note = {
  note: 'Somebody waits to join. Please decide.',
  page: '/admin/users?state=waiting',
}
export const FLAG_WAITS: Note = { note: 'A text with a listed word waits for you.', page: '/admin/flags' }
export const TEXT_HELD: Note = { note: 'The staff look at a text of yours before others see it.', page: '/' }
export const TEXT_ALLOWED: Note = { note: 'The staff allowed your text. Others can see it now.', page: '/' }
export const TEXT_REMOVED: Note = { note: 'The staff did not allow your text.', page: '/' }
export const APPEAL_WAITS: Note = {
  note: 'A member answered a decision. Please look at it again.',
  page: '/admin/appeals',
}
export const APPEAL_GRANTED: Note = { note: 'The staff agree with your answer.', page: '/appeals' }
export const APPEAL_DENIED: Note = { note: 'The staff stay with their decision.', page: '/appeals' }
export const REMOVED: Note = { note: 'The staff removed something of yours. You can answer once.', page: '/appeals' }

const NOTES = [
  HOOK_DISABLED,
  TOPUP_WAITS,
  PAYOUT_WAITS,
  REFUND_ASKED,
  REFUND_REFUSED,
  REFUND_WAITS,
  BACKUP_FAILED,
  NEW_DEVICE,
  EXPORT_READY,
  EXPORT_FAILED,
  SIGN_UP_WAITS,
  FLAG_WAITS,
  TEXT_HELD,
  TEXT_ALLOWED,
  TEXT_REMOVED,
  APPEAL_WAITS,
  APPEAL_GRANTED,
  APPEAL_DENIED,
  REMOVED,
]

/** The page of a sentence of the program. Messages that people wrote lead to none. */
export const pageOfNote = (note: string | null): string | undefined => NOTES.find((each) => each.note === note)?.page
