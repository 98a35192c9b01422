/** A sentence of the program that notifications of the kind `staff` carry, and the page that it leads to. */
export type Note = { note: string; page: string }

/** Every sentence of the program that a notification carries. */
export const NOTES = {
  topupWaits: {
    note: 'A member waits for coins that they paid for.',
    page: '/admin/topups?status=pending',
  },
  payoutWaits: { note: 'A member waits for a payout.', page: '/admin/payouts?status=asked' },
  refundAsked: { note: 'A buyer asks for a refund.', page: '/coins/refunds' },
  refundRefused: { note: 'Your request for a refund was refused.', page: '/coins/refunds/mine' },
  refundWaits: { note: 'A member asks for a refund.', page: '/admin/refunds' },
  backupFailed: { note: 'The backup failed. See why, and make another one.', page: '/admin/backups' },
  hookDisabled: {
    note: 'A webhook was turned off, because its address did not answer.',
    page: '/hooks',
  },
  newDevice: { note: 'A new device signed in to your account.', page: '/sessions' },
  exportReady: {
    note: 'Everything of yours is collected. You can download it for a week.',
    page: '/users/account/exports',
  },
  exportFailed: {
    note: 'Your data could not be collected. See why, and try again.',
    page: '/users/account/exports',
  },
  signUpWaits: {
    note: 'Somebody waits to join. Please decide.',
    page: '/admin/users?state=waiting',
  },
  flagWaits: { note: 'A text with a listed word waits for you.', page: '/admin/flags' },
  textHeld: { note: 'The staff look at a text of yours before others see it.', page: '/' },
  textAllowed: { note: 'The staff allowed your text. Others can see it now.', page: '/' },
  textRemoved: { note: 'The staff did not allow your text.', page: '/' },
  appealWaits: {
    note: 'A member answered a decision. Please look at it again.',
    page: '/admin/appeals',
  },
  appealGranted: { note: 'The staff agree with your answer.', page: '/appeals' },
  appealDenied: { note: 'The staff stay with their decision.', page: '/appeals' },
  removed: { note: 'The staff removed something of yours. You can answer once.', page: '/appeals' },
} satisfies Record<string, Note>

/** The page of a sentence of the program. Messages that people wrote lead to none. */
export const pageOfNote = (note: string | null): string | undefined =>
  Object.values<Note>(NOTES).find((each) => each.note === note)?.page
