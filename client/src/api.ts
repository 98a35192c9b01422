// scripts/client-types.ts writes this file from docs/openapi.json. To change it, run "npm run openapi".

/** What a call takes, and what it answers. */
export type Call<Input, Answer> = { input: Input; answer: Answer }

export type Account = {
  id: number
  handle: string
  displayName: string
  bio: string
  links: string[]
  avatarUrl: string | null
  followers: number
  following: number
  posts: number
  /** Whether only accepted followers see the posts. */
  private: boolean
  createdAt: string
  viewer: {
    self: boolean
    following: boolean
    /** Whether you asked to follow this private account and wait for an answer. */
    requested: boolean
    blocked: boolean
    muted: boolean
  }
  email: string | null
  /** `refused` when a mail server refuses the address. Null without an address. */
  emailStatus: 'unverified' | 'verified' | 'refused' | null
  /** The reply of that mail server. */
  emailRefusal: string | null
  role: 'member' | 'moderator' | 'admin'
  /** Whether signing in takes a code besides the password. Null where moderators see other people. */
  secondFactor: boolean | null
  /** False with passkeys only. Null where moderators see other people. */
  hasPassword: boolean | null
  /** How many passkeys there are. Null where moderators see other people. */
  passkeys: number | null
  locale: 'en' | 'ko' | null
  /** Null follows the community. */
  timeZone: string | null
  avatarStatus: 'processing' | 'ready' | 'failed' | null
  suspension: {
    at: string
    reason: string
  } | null
  /** When the account will be erased, if it is being deleted. */
  erasedAt: string | null
  /** Whether they have confirmed their age, so that they see posts for adults. */
  adult: boolean
  /** The storage in bytes. */
  storage: {
    used: number
    limit: number
  }
}

export type Action = {
  id: number
  at: string
  kind: 'account_created' | 'account_deleted' | 'data_exported' | 'deletion_begun' | 'deletion_cancelled' | 'account_suspended' | 'suspension_lifted' | 'member_approved' | 'member_refused' | 'age_confirmed' | 'age_withdrawn' | 'quota_changed' | 'role_changed' | 'reset_link_made' | 'second_factor_reset' | 'post_removed' | 'comment_removed' | 'report_settled' | 'sale_refunded' | 'refund_refused' | 'coins_granted' | 'vouchers_made' | 'voucher_ended' | 'topup_approved' | 'topup_refused' | 'payout_paid' | 'payout_refused' | 'word_added' | 'word_removed' | 'appeal_settled' | 'flag_settled' | 'setting_changed' | 'page_written' | 'page_deleted' | 'job_retried' | 'mail_tested' | 'invite_made' | 'invite_ended' | 'keys_rotated' | 'backup_asked' | 'copies_dropped' | 'copies_remade'
  /** The handle of the person who did it; `deleted` if they have left, null for the command line. */
  by: string | null
  /** The handle of the person it concerns; `deleted` if they have left, null if it concerns nobody. */
  on: string | null
  /** The reason or the note that was given. */
  reason: string | null
  /** Facts that depend on the kind, such as ids, coins or roles. */
  detail: Record<string, unknown>
}

export type Age = {
  /** When you, or the staff for you, confirmed that you are an adult. */
  confirmedAt: string | null
  /** From when you are an adult, if you entered a birthday by which you are too young. */
  adultFrom: string | null
  /** The age of adults in this community. */
  adultAge: number
  /** Whether that age counts from the birthday or from the 1st of January of its year. */
  adultBy: 'birthday' | 'year'
  /** Whether your own word confirms your age, or the staff do. */
  proof: 'word' | 'staff'
}

export type AllowedApp = {
  /** The id of the app. */
  id: number
  name: string
  site: string | null
  scopes: Array<'read' | 'write' | 'coins' | 'admin'>
  /** When you allowed it last. */
  createdAt: string
  /** To the hour. */
  lastUsedAt: string | null
}

export type Announcement = {
  /** The announcement; empty when there is none, or it was closed in this browser. */
  text: string
  /** Stands for this text. Another text has another mark. */
  mark: string
}

export type App = {
  id: number
  clientId: string
  name: string
  site: string | null
  redirectUris: string[]
  confidential: boolean
  createdAt: string
}

export type AppTokens = {
  access_token: string
  token_type: 'Bearer'
  /** In seconds. */
  expires_in: number
  refresh_token: string
  scope: string
}

export type Appeal = {
  id: number
  about: 'suspension' | 'post' | 'comment'
  postId: number | null
  commentId: number | null
  text: string
  createdAt: string
  /** Null while the staff have not decided. */
  outcome: 'granted' | 'denied' | null
  /** What the staff replied. */
  answer: string | null
  settledAt: string | null
}

export type Backup = {
  id: number
  /** When it ended. */
  at: string
  /** How long it took. */
  seconds: number
  /** The folder, file or bucket that it is in. */
  place: string
  /** Why it failed; null for a backup that was made and proved. */
  error: string | null
  /** How many photos and videos it contains. */
  files: number | null
  bytes: number | null
  /** How much of it no earlier backup at the same place contained. */
  newBytes: number | null
}

export type BackupState = {
  /** Where the nightly backups go; null when there are none. */
  place: string | null
  isEncrypted: boolean
  /** Whether a backup is being made now. */
  isRunning: boolean
  /** When the next one begins. */
  nextAt: string | null
  /** When the last good backup was made, at any place. */
  lastGoodAt: string | null
}

export type BankAccount = {
  bank?: string
  account?: string
  holder?: string
  /** Instructions, such as what to write on the transfer. */
  note?: string
}

export type Checkout = {
  id: number
  status: 'pending' | 'paid' | 'failed' | 'refunded'
  coins: number
  /** The price in the smallest unit of the currency. */
  amount: number
  currency: string
  /** How many decimals the price has: 2 for euros, 0 for won and yen. */
  decimals: number
  provider: 'stripe' | 'toss'
  /** The payment page, as long as the payment is possible. */
  url: string | null
  /** The bank account to transfer exactly this amount to, while a deposit is awaited. */
  deposit: Deposit | null
  createdAt: string
  paidAt: string | null
  /** The part of the amount that was refunded or disputed. */
  refunded: number
  /** How many coins were taken back for refunds and disputes. */
  takenBack: number
}

export type Collection = {
  id: number
  name: string
  /** How many of its posts you may see. */
  count: number
  /** Whether the post of the query is in it. */
  has?: boolean
}

export type Comment = {
  id: number
  postId: number
  author: User
  text: string
  createdAt: string
  editedAt: string | null
  parentId: number | null
  viewer: {
    own: boolean
    mayDelete: boolean
  }
}

export type Copies = {
  /** How many videos have copies in other qualities. */
  files: number
  /** How much dropping these copies would free, in bytes. */
  bytes: number
  /** How many videos wait until such copies are made. */
  making: number
  /** How many videos wait until their copies are dropped and erased. */
  dropping: number
}

export type Delivery = {
  id: number
  kind: 'post' | 'follow' | 'request' | 'accepted' | 'like' | 'comment' | 'mention' | 'purchase' | 'tip' | 'gift' | 'look' | 'refund' | 'payout' | 'file_failed' | 'report' | 'staff' | 'test'
  at: string
  outcome: 'waiting' | 'sent' | 'dropped' | 'failed'
  attempts: number
  /** The HTTP status of the push service. */
  status: number | null
  /** Why the push failed or was not sent. */
  detail: string | null
  doneAt: string | null
}

export type Deposit = {
  bank: string
  account: string
  holder: string
  until: string
}

export type DeskAccount = {
  id: number
  handle: string
  displayName: string
  bio: string
  links: string[]
  avatarUrl: string | null
  followers: number
  following: number
  posts: number
  /** Whether only accepted followers see the posts. */
  private: boolean
  createdAt: string
  viewer: {
    self: boolean
    following: boolean
    /** Whether you asked to follow this private account and wait for an answer. */
    requested: boolean
    blocked: boolean
    muted: boolean
  }
  email: string | null
  /** `refused` when a mail server refuses the address. Null without an address. */
  emailStatus: 'unverified' | 'verified' | 'refused' | null
  /** The reply of that mail server. */
  emailRefusal: string | null
  role: 'member' | 'moderator' | 'admin'
  /** Whether signing in takes a code besides the password. Null where moderators see other people. */
  secondFactor: boolean | null
  /** False with passkeys only. Null where moderators see other people. */
  hasPassword: boolean | null
  /** How many passkeys there are. Null where moderators see other people. */
  passkeys: number | null
  locale: 'en' | 'ko' | null
  /** Null follows the community. */
  timeZone: string | null
  avatarStatus: 'processing' | 'ready' | 'failed' | null
  suspension: {
    at: string
    reason: string
  } | null
  /** When the account will be erased, if it is being deleted. */
  erasedAt: string | null
  /** Whether they have confirmed their age, so that they see posts for adults. */
  adult: boolean
  /** The storage in bytes. */
  storage: {
    used: number
    limit: number
  }
  /** The day on which the person was last here; null if never. */
  lastSeenAt: string | null
  /** What keeps the person from taking part, besides a suspension: they wait for approval, were refused, or have not confirmed their address. */
  status: 'waiting' | 'refused' | 'unconfirmed' | null
  /** The reason for which the person was refused. */
  refusal: string | null
  /** Their own storage in MB; null for that of their role. */
  quotaMb: number | null
  /** The handle of the member whose invitation the person used. */
  invitedBy: string | null
}

export type DeskAppeal = {
  id: number
  about: 'suspension' | 'post' | 'comment'
  postId: number | null
  commentId: number | null
  text: string
  createdAt: string
  /** Null while the staff have not decided. */
  outcome: 'granted' | 'denied' | null
  /** What the staff replied. */
  answer: string | null
  settledAt: string | null
  user: User | null
  /** The reason for the suspension, if the person is still suspended. */
  reason: string | null
}

export type DeskCheckout = {
  id: number
  status: 'pending' | 'paid' | 'failed' | 'refunded'
  coins: number
  /** The price in the smallest unit of the currency. */
  amount: number
  currency: string
  /** How many decimals the price has: 2 for euros, 0 for won and yen. */
  decimals: number
  provider: 'stripe' | 'toss'
  /** The payment page, as long as the payment is possible. */
  url: string | null
  /** The bank account to transfer exactly this amount to, while a deposit is awaited. */
  deposit: Deposit | null
  createdAt: string
  paidAt: string | null
  /** The part of the amount that was refunded or disputed. */
  refunded: number
  /** How many coins were taken back for refunds and disputes. */
  takenBack: number
  handle: string
  /** The id of the payment at the provider. */
  paymentId: string | null
}

export type DeskInvite = {
  id: number
  /** How many people may sign up with the invitation. */
  uses: number
  used: number
  createdAt: string
  expiresAt: string
  /** The handle of its maker; null for the command line. */
  createdBy: string | null
}

export type DeskPayout = {
  id: number
  coins: number
  /** `asked` means that the coins are set aside until the staff decide. */
  status: 'asked' | 'paid' | 'refused' | 'withdrawn'
  at: string
  decidedAt: string | null
  /** The note that the staff wrote with their decision. */
  note: string | null
  user: User
  /** The bank of the person; null once the payout has ended. */
  bank: string | null
  account: string | null
  holder: string | null
  /** The handle of the administrator who decided. */
  decidedBy: string | null
}

export type DeskReport = {
  id: number
  status: 'open' | 'settled'
  reason: string
  createdAt: string
  postId: number | null
  commentId: number | null
  userId: number | null
  /** The person it is about, or null when they have left. */
  user: User | null
  reporter: User | null
  /** Null when the post is gone or this moderator may not see it. */
  post: Post | null
  comment: Comment | null
  outcome: 'dismissed' | 'removed' | 'suspended' | null
  settledAt: string | null
  settledBy: User | null
}

export type DeskTopup = {
  id: number
  coins: number
  note: string
  /** The name on the bank transfer; null for cash. */
  depositor: string | null
  /** The amount to transfer, in the smallest unit of the currency; null without a pack. */
  amount: number | null
  currency: string | null
  /** How many decimals the amount has. */
  decimals: number | null
  /** Until when the transfer is awaited. */
  dueAt: string | null
  status: 'pending' | 'approved' | 'refused' | 'withdrawn'
  createdAt: string
  decidedAt: string | null
  /** The answer of the staff. */
  answer: string | null
  handle: string
  displayName: string
}

export type Draft = {
  caption: string
  price: number
  visibility: 'everyone' | 'followers'
  sensitive: boolean
  adultsOnly: boolean
  fileIds: number[]
  publishAt: string | null
  collectionId: number | null
  savedAt: string
  files: File[]
}

export type Earnings = {
  /** The sum of the prices of all sales, including fees. */
  sales: number
  tips: number
  /** The fees that the community kept. */
  fees: number
  /** Sales and tips minus fees. */
  earned: number
  /** Coins taken from the balance for refunds. */
  takenBack: number
  /** The days of the period in the time zone of the person, oldest first. */
  days: Array<{
    day: string
    /** The sum of the prices of all sales, including fees. */
    sales: number
    tips: number
    /** The fees that the community kept. */
    fees: number
    /** Sales and tips minus fees. */
    earned: number
    /** Coins taken from the balance for refunds. */
    takenBack: number
  }>
  /** The posts with the highest earnings, at most 50. */
  posts: Array<{
    /** Null for tips without a post. */
    postId: number | null
    caption: string | null
    /** How often the post was sold. */
    times: number
    sales: number
    tips: number
    earned: number
  }>
}

export type Entry = {
  id: number
  at: string
  /** Negative for coins that you spent or gave. */
  coins: number
  kind: 'grant' | 'voucher' | 'topup' | 'checkout' | 'purchase' | 'sale' | 'fee' | 'tip' | 'gift' | 'look' | 'refund' | 'reversal' | 'payout' | 'forfeit' | 'correction'
  balanceAfter: number
  postId?: number
  /** The other person of a tip, sale, purchase or gift. */
  handle?: string
  note?: string
}

export type Export = {
  id: number
  status: 'making' | 'ready' | 'failed'
  /** The address of the zip, for you alone, once it is ready. Downloads can be resumed with `Range`. */
  url: string | null
  bytes: number | null
  createdAt: string
  /** When the zip is deleted. */
  expiresAt: string | null
  /** Why it failed. */
  error: string | null
}

export type File = {
  id: number
  kind: 'image' | 'video'
  /** The name of the uploaded file. Only its owner sees it. */
  name?: string
  status: 'processing' | 'ready' | 'failed'
  progress: number
  error: {
    code: string
    message: string
  } | null
  /** What was left out of a file that is ready, such as its sound. Only its owner sees it. */
  note?: {
    code: string
    message: string
  } | null
  width: number | null
  height: number | null
  duration: number | null
  altText: string | null
  placeholder: string | null
  renditions: Record<string, Rendition>
  /** The captions of a video in each language (BCP 47), as WebVTT. */
  captions?: Array<{
    language: string
    url: string
  }>
  postId: number | null
  /** The size of the original. Only its owner sees it. */
  bytes?: number
  /** The hash of the original in hex. Only its owner sees it. */
  sha256?: string | null
  /** When it was uploaded. Only its owner sees it. */
  createdAt?: string
  crop?: {
    x: number
    y: number
    width: number
    height: number
  } | null
  /** How far the part that is shown is turned clockwise, in degrees: 0, 90, 180 or 270. */
  turn?: number
  trim?: {
    start: number
    end: number
  } | null
  /** The second of the original whose picture is the cover of a video. */
  cover?: number | null
  /** The upright original before anything was cut away. Only its owner sees it. */
  original?: {
    width: number
    height: number
    duration: number | null
  } | null
}

export type Flag = {
  id: number
  at: string
  effect: 'hold' | 'mark'
  /** The words of the list that were found. */
  words: string[]
  field: 'caption' | 'comment' | 'displayName' | 'bio'
  user: User | null
  post: Post | null
  comment: Comment | null
  /** The text while it waits, also of a post that you may not see. */
  text: string | null
  /** Null while nobody has decided. */
  outcome: 'allowed' | 'removed' | null
  settledAt: string | null
}

export type Found = {
  posts?: {
    items: Post[]
    nextCursor: string | null
  }
  users?: {
    items: User[]
    nextCursor: string | null
  }
  tags?: {
    items: Tag[]
    nextCursor: string | null
  }
}

export type Gift = {
  postId: number
  handle: string
  coins: number
  balance: number
}

export type GuestLook = {
  /** The name of the member who gives the look. */
  giver: string
  /** The name of the author. */
  author: string
  /** How many looks are left. */
  left: number
  /** How long a look lasts, in hours. */
  hours: number
  /** When the look that this browser has begun ends. */
  openUntil: string | null
  /** The tiny preview of the first file. */
  placeholder: string | null
  /** The post while the look lasts. */
  post: Post | null
}

export type Hook = {
  id: number
  url: string
  events: Array<'post' | 'comment' | 'like' | 'follow' | 'purchase' | 'tip' | 'report'>
  createdAt: string
  enabled: boolean
  lastSuccessAt: string | null
  /** Since when the address has not accepted anything. */
  failingSince: string | null
  /** Why the last attempt failed. */
  problem: string | null
}

export type HookDelivery = {
  id: number
  /** The `webhook-id`, which stays the same for each attempt. */
  messageId: string
  type: 'post' | 'comment' | 'like' | 'follow' | 'purchase' | 'tip' | 'report'
  /** When it happened. */
  at: string
  outcome: 'waiting' | 'delivered' | 'dropped' | 'failed'
  attempts: number
  /** The HTTP status of the last answer. */
  status: number | null
  detail: string | null
  /** When the next attempt is made. */
  dueAt: string | null
  doneAt: string | null
}

export type Invite = {
  id: number
  /** How many people may sign up with the invitation. */
  uses: number
  used: number
  createdAt: string
  expiresAt: string
  /** The link to send. */
  url: string
  /** The value of `invite` for `POST /users`. */
  token: string
}

export type Invited = {
  id: number
  handle: string
  displayName: string
  bio: string
  links: string[]
  avatarUrl: string | null
  followers: number
  following: number
  posts: number
  /** Whether only accepted followers see the posts. */
  private: boolean
  createdAt: string
  viewer: {
    self: boolean
    following: boolean
    /** Whether you asked to follow this private account and wait for an answer. */
    requested: boolean
    blocked: boolean
    muted: boolean
  }
  email: string | null
  /** `refused` when a mail server refuses the address. Null without an address. */
  emailStatus: 'unverified' | 'verified' | 'refused' | null
  /** The reply of that mail server. */
  emailRefusal: string | null
  role: 'member' | 'moderator' | 'admin'
  /** Whether signing in takes a code besides the password. Null where moderators see other people. */
  secondFactor: boolean | null
  /** False with passkeys only. Null where moderators see other people. */
  hasPassword: boolean | null
  /** How many passkeys there are. Null where moderators see other people. */
  passkeys: number | null
  locale: 'en' | 'ko' | null
  /** Null follows the community. */
  timeZone: string | null
  avatarStatus: 'processing' | 'ready' | 'failed' | null
  suspension: {
    at: string
    reason: string
  } | null
  /** When the account will be erased, if it is being deleted. */
  erasedAt: string | null
  /** Whether they have confirmed their age, so that they see posts for adults. */
  adult: boolean
  /** The storage in bytes. */
  storage: {
    used: number
    limit: number
  }
  /** The day on which the person was last here; null if never. */
  lastSeenAt: string | null
  /** What keeps the person from taking part, besides a suspension: they wait for approval, were refused, or have not confirmed their address. */
  status: 'waiting' | 'refused' | 'unconfirmed' | null
  /** The reason for which the person was refused. */
  refusal: string | null
  /** Their own storage in MB; null for that of their role. */
  quotaMb: number | null
  /** The handle of the member whose invitation the person used. */
  invitedBy: string | null
  /** How many people the person invited. */
  invited: number
}

export type Job = {
  id: number
  kind: string
  lane: string
  payload: Record<string, unknown>
  status: 'waiting' | 'retrying' | 'dead'
  attempts: number
  error: string | null
  createdAt: string
  dueAt: string
  diedAt: string | null
}

export type LedgerReport = {
  /** Whether the ledger has no faults. */
  ok: boolean
  transfers: number
  accounts: number
  faults: string[]
  /** Where all coins were at the end of each day with transfers. */
  days: Array<{
    day: string
    /** All coins ever issued: the sum of held, reserved, house, paidOut and takenBack. */
    issued: number
    /** Coins that people can spend, minus their debts. */
    held: number
    /** Debts of people for refunded sales. They are already subtracted from `held`. */
    owed: number
    /** Coins set aside for requested payouts. */
    reserved: number
    /** Fees and forfeited coins. */
    house: number
    paidOut: number
    /** Coins taken back because the money for them was refunded. */
    takenBack: number
  }>
  checkedAt: string
}

export type Limits = {
  /** Failed sign-ins per handle in 15 minutes. */
  signInsOfHandle: number
  /** Failed sign-ins per IP address in 15 minutes. */
  signInsOfAddress: number
  /** Sign-ups per IP address and hour. */
  signUps: number
  /** Uploads per person and hour. */
  uploads: number
  /** Posts per person and hour. */
  posts: number
  /** Comments per person and hour. */
  comments: number
  /** Failed voucher redemptions and refused gifts per person and hour. */
  redemptions: number
  /** Payments started per person and hour. */
  checkouts: number
  /** Other changes per person and hour. */
  changes: number
  /** Requested mails per person, or per IP address when signed out, and hour. */
  mails: number
  /** Apps that register themselves per IP address and hour. */
  apps: number
  /** Reads without an account per IP address in 5 minutes. */
  anonymousReads: number
}

export type Look = {
  id: number
  /** For the guest. It belongs to the first browser that opens it. */
  url: string
  postId: number
  /** What you paid. */
  coins: number
  /** How many looks, each of an hour; null for one look of some hours. */
  times: number | null
  /** How long the one look lasts; null for a number of looks. */
  hours: number | null
  /** How many looks have begun. */
  used: number
  createdAt: string
  /** Until when it must be opened, or when its last look ends. */
  expiresAt: string
  /** Whether somebody can still look. */
  open: boolean
  endedAt: string | null
  /** Whether you got the coins back, since nobody had opened it. */
  refunded: boolean
}

export type Mail = {
  email: string | null
  emailStatus: 'unverified' | 'verified' | 'refused' | null
  digest: 'off' | 'daily' | 'weekly'
  timeZone: string
}

export type Mark = {
  /** The hash of the logo that was uploaded, whose icons are at `/marks/{mark}/icon-512.png`; null for the default. */
  mark: string | null
}

export type Month = {
  /** The month in the time zone of the person, like 2026-01. */
  month: string
  /** The balance at the beginning of the month. */
  opening: number
  /** Coins received, by kind. */
  in: Record<string, number>
  /** Coins spent, by kind, as positive numbers. */
  out: Record<string, number>
  /** The balance at the end of the month. */
  closing: number
}

export type MutedWord = {
  id: number
  /** A tag with its `#`, or words without regard to case and accents. */
  text: string
  createdAt: string
}

export type NewApp = {
  id: number
  clientId: string
  name: string
  site: string | null
  redirectUris: string[]
  confidential: boolean
  createdAt: string
  /** Shown only once. Null for apps that can keep no secret. */
  clientSecret: string | null
}

export type NewHook = {
  id: number
  url: string
  events: Array<'post' | 'comment' | 'like' | 'follow' | 'purchase' | 'tip' | 'report'>
  createdAt: string
  enabled: boolean
  lastSuccessAt: string | null
  /** Since when the address has not accepted anything. */
  failingSince: string | null
  /** Why the last attempt failed. */
  problem: string | null
  /** Starts with `whsec_`. It is shown only once. */
  secret: string
}

export type NewToken = {
  id: number
  name: string
  scopes: Array<'read' | 'write' | 'coins' | 'admin'>
  createdAt: string
  /** Null when the token does not expire. */
  expiresAt: string | null
  /** Whether a new password ends the token. */
  endsWithPassword: boolean
  /** To the hour. Null when the token was never used. */
  lastUsedAt: string | null
  /** The token itself, which is shown only once. */
  token: string
}

export type Notification = {
  id: number
  kind: 'post' | 'follow' | 'request' | 'accepted' | 'like' | 'comment' | 'mention' | 'purchase' | 'tip' | 'gift' | 'look' | 'refund' | 'payout' | 'file_failed' | 'report' | 'staff'
  /** When the newest event happened. */
  at: string
  read: boolean
  /** The number of people it is about, since a burst becomes one notification. */
  count: number
  /** The most recent people, newest first. */
  actors: User[]
  post?: Post
  comment?: Comment
  /** The total number of coins received. */
  coins?: number
  /** A message from the staff. */
  note?: string
  url: string
}

export type NotificationChoice = {
  page: boolean
  push: boolean
  mail: boolean
}

export type NotificationSettings = {
  /** The channels of each kind of notification: the page, pushes and mail. */
  choices: {
    post: NotificationChoice
    follow: NotificationChoice
    request: NotificationChoice
    accepted: NotificationChoice
    like: NotificationChoice
    comment: NotificationChoice
    mention: NotificationChoice
    purchase: NotificationChoice
    tip: NotificationChoice
    gift: NotificationChoice
    look: NotificationChoice
    refund: NotificationChoice
    payout: NotificationChoice
    file_failed: NotificationChoice
    report: NotificationChoice
    staff: NotificationChoice
  }
  /** The hours in which pushes wait. */
  quietHours: {
    on: boolean
    /** Local time, such as 23:00. */
    from: string
    /** An end before `from` is on the next day. The two must differ. */
    until: string
    /** a time zone name, such as Asia/Seoul */
    timeZone: string
  }
}

export type NotificationSettingsPatch = {
  choices?: {
    post?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
    follow?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
    request?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
    accepted?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
    like?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
    comment?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
    mention?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
    purchase?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
    tip?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
    gift?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
    look?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
    refund?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
    payout?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
    file_failed?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
    report?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
    staff?: {
      page?: boolean
      push?: boolean
      mail?: boolean
    }
  }
  quietHours?: {
    on?: boolean
    /** Local time, such as 23:00. */
    from?: string
    /** An end before `from` is on the next day. The two must differ. */
    until?: string
    /** a time zone name, such as Asia/Seoul */
    timeZone?: string
  }
}

export type Pack = {
  id: string
  coins: number
  /** The price in the smallest unit of the currency. */
  amount: number
  currency: string
  /** How many decimals the price has: 2 for euros, 0 for won and yen. */
  decimals: number
  /** The payment providers that take this currency here. */
  providers: Array<'stripe' | 'toss'>
  /** Whether it can be paid by bank transfer, with `POST /coins/topups`. */
  transfer: boolean
}

export type Page = {
  name: 'rules' | 'terms' | 'privacy' | 'imprint' | 'contact'
  /** In Markdown. */
  text: string
  /** The same as HTML, without scripts and without unsafe links. */
  html: string
  changedAt: string
}

export type Passkey = {
  id: number
  name: string
  createdAt: string
  lastUsedAt: string | null
  /** Whether the device keeps a copy elsewhere, so that losing it does not lose the passkey. */
  synced: boolean
  /** The host name at which the passkey works. */
  host: string
  /** Whether that is the host name of this server. */
  usable: boolean
}

export type Payout = {
  id: number
  coins: number
  /** `asked` means that the coins are set aside until the staff decide. */
  status: 'asked' | 'paid' | 'refused' | 'withdrawn'
  at: string
  decidedAt: string | null
  /** The note that the staff wrote with their decision. */
  note: string | null
}

export type Post = {
  id: number
  author: User
  caption: string
  price: number
  visibility: 'everyone' | 'followers'
  /** Whether the pictures are covered until somebody chooses to see them. */
  sensitive: boolean
  /** Whether only people who have confirmed their age see the post. */
  adultsOnly: boolean
  status: 'processing' | 'scheduled' | 'held' | 'published' | 'failed'
  createdAt: string
  publishedAt: string | null
  /** When the caption or the files were last changed after publication. */
  editedAt: string | null
  /** Whether the author pinned the post to the top of their profile. */
  pinned: boolean
  /** When the post will be published. Only its author sees this. */
  publishAt?: string
  files: File[]
  likes: number
  comments: number
  locked: boolean
  viewer: {
    own: boolean
    bought: boolean
    liked: boolean
    bookmarked: boolean
    /** Until when you can undo the purchase. It is not shown before, unless you ask for it. */
    undoUntil?: string
    /** For the staff: whether you may remove this post of somebody else. */
    mayRemove?: boolean
  }
  /** When the author deleted it. Only buyers see this. */
  deletedAt?: string
  /** Whether the viewer has read the post. Only in the inbox. */
  read?: boolean
  /** When the viewer bought the post. Only in the library. */
  boughtAt?: string
  /** The price that the viewer paid. Only in the library. */
  pricePaid?: number
}

export type Problem = {
  type: string
  title: string
  status: number
  /** A stable snake_case code for clients to check. */
  code: string
  /** An explanation to show to people. */
  detail: string
  errors?: Array<{
    path: string
    message: string
  }>
  /** After how many seconds to try again, as in `Retry-After`. */
  retryAfter?: number
  /** With 500: the id of this request in the log of the server. */
  requestId?: string
  /** With `insufficient_scope`: the scope that the token lacks. */
  scope?: string
  /** With `insufficient_coins` and `price_changed`: what it costs now. */
  price?: number
  /** With `insufficient_coins` and `balance_left`: the coins of the account. */
  balance?: number
  /** With `not_available`: the coins that can be paid out now. */
  available?: number
  /** With `not_available`: the coins that may still be refunded. */
  onHold?: number
  /** With `too_little`: the fewest coins that are paid out. */
  least?: number
  /** With `in_debt`: the coins that have to come in first. */
  debt?: number
  /** With `file_in_use` and `file_not_ready`: the file. */
  fileId?: number
  /** With `passkeys_unavailable`: what stands in the way. */
  reason?: string
  /** When a deleted account is erased for good. */
  eraseAt?: string
  /** With `already_decided`: how it was decided. */
  decision?: string
}

export type PushSubscription = {
  id: number
  name: string
  endpoint: string
  createdAt: string
  lastSuccessAt: string | null
  lastFailureAt: string | null
  lastFailure: string | null
  /** The ten newest deliveries. */
  deliveries: Delivery[]
}

export type Refund = {
  postId: number
  handle: string
  /** How many coins were returned to the person who paid. */
  coins: number
  at: string
}

export type RefundRequest = {
  id: number
  at: string
  status: 'asked' | 'refunded' | 'refused' | 'withdrawn'
  reason: string
  /** What was written with a refusal. */
  answer: string | null
  postId: number
  caption: string
  /** The price that was paid. */
  coins: number
  /** The handle of the buyer. */
  buyer: string
  /** The handle of the creator. */
  seller: string
}

export type RefundablePurchase = {
  postId: number
  caption: string
  coins: number
  seller: string
  at: string
  /** Until when a refund can be asked for. */
  until: string
}

export type RegisteredApp = {
  /** Where people are sent back to. Requests must name one of them exactly; only the port of loopback addresses is free. */
  redirect_uris: string[]
  client_name: string
  /** The address of a page about the app. */
  client_uri?: string
  token_endpoint_auth_method?: 'none' | 'client_secret_basic' | 'client_secret_post'
  grant_types?: Array<'authorization_code' | 'refresh_token'>
  response_types?: Array<'code'>
  client_id: string
  client_id_issued_at: number
  client_secret?: string
  /** Always 0: the secret does not expire. */
  client_secret_expires_at?: number
}

export type Removed = {
  about: 'post' | 'comment'
  id: number
  at: string
  appeal: Appeal | null
}

export type Rendition = {
  url: string
  type: string
  width: number
  height: number
  /** For `hls`: the qualities, by the shorter sides of their pictures, the largest first. */
  qualities?: number[]
  /** For `scrub`: how many seconds lie between two of its pictures, which stand below each other. */
  every?: number
}

export type Report = {
  id: number
  status: 'open' | 'settled'
  reason: string
  createdAt: string
  postId: number | null
  commentId: number | null
  userId: number | null
}

export type Sale = {
  id: number
  at: string
  postId: number
  caption: string
  /** The handle of the creator. */
  seller: string
  /** The person whose library contains the post; null when they left. */
  buyer: User | null
  /** The handle of the person who gave the post; null when the buyer paid. */
  giver: string | null
  /** The price. */
  coins: number
  /** The part of the price that the community kept. */
  fee: number
  /** `ended` means that the buyer left. */
  status: 'sold' | 'refunded' | 'ended'
  endedAt: string | null
  refundableUntil: string
  /** Whether the sale can be refunded now. */
  refundable: boolean
}

export type SecondFactor = {
  /** Whether signing in takes a code besides the password. */
  on: boolean
  recoveryCodesLeft: number
}

export type Session = {
  id: number
  /** The `User-Agent` of the device. */
  name: string
  /** The same in short, such as `Chrome · Android`. */
  device: string
  /** Whether a passkey was used in this session. */
  passkey: boolean
  createdAt: string
  lastSeenAt: string
  current: boolean
}

export type SettingsPatch = {
  siteName?: string | null
  accent?: string | null | null
  securityContact?: string | null | null
  business?: string | null
  description?: string | null
  welcome?: string | null
  announcement?: string | null
  announcementFor?: 'members' | 'everyone' | null
  announcementUntil?: string | null | null
  locale?: 'en' | 'ko' | null
  timeZone?: string | null
  access?: 'members' | 'public' | null
  registration?: 'invite' | 'open' | 'closed' | null
  approval?: boolean | null
  confirmEmail?: boolean | null
  allowedDomains?: string[] | null
  blockedDomains?: string[] | null
  staffSecondFactor?: boolean | null
  guestLinks?: 'on' | 'off' | null
  adultAge?: number | null
  adultBy?: 'birthday' | 'year' | null
  ageProof?: 'word' | 'staff' | null
  coins?: 'on' | 'off' | null
  packs?: Array<{
    coins: number
    /** The price in the smallest unit of the currency: cents for dollars, but whole won and yen. */
    amount: number
    /** The three-letter currency code, such as `eur`. */
    currency: string
  }> | null
  bank?: BankAccount | null
  refundText?: string | null
  undo?: 'on' | 'off' | null
  buyerAge?: number | null | null
  feePercent?: number | null
  refundDays?: number | null
  payouts?: 'on' | 'off' | null
  payoutHoldDays?: number | null
  payoutMinCoins?: number | null
  graceDays?: number | null
  maxUploadMb?: number | null
  quotaMb?: number | null
  moderatorQuotaMb?: number | null | null
  adminQuotaMb?: number | null | null
  minFreeMb?: number | null
  limits?: {
    signInsOfHandle?: number | null
    signInsOfAddress?: number | null
    signUps?: number | null
    uploads?: number | null
    posts?: number | null
    comments?: number | null
    redemptions?: number | null
    checkouts?: number | null
    changes?: number | null
    mails?: number | null
    apps?: number | null
    anonymousReads?: number | null
  } | null
}

export type Statistics = {
  days: Array<{
    day: string
    /** People who joined. */
    people: number
    /** Posts that were published. */
    posts: number
    /** Coins paid for posts. */
    coins: number
    jobsDone: number
    jobsFailed: number
    pushesSent: number
    pushesFailed: number
    /** Null for days on which nothing was measured. */
    space: {
      /** In bytes. */
      originals: number
      /** In bytes. */
      renditions: number
      /** In bytes. */
      database: number
      /** Uploads that are under way. */
      uploads: number
      /** Zips of what members take along, which are deleted after a week. */
      exports: number
      /** Backups on the same disk. */
      backups: number
    } | null
  }>
  /** In bytes. */
  diskFreeBytes: number
  /** In bytes. */
  diskSizeBytes: number
  /** Null during the first days, in which too little was measured. */
  forecast: {
    /** How much free space the disk loses a day; negative when it gains some. */
    bytesADay: number
    /** Until uploads are refused; null when the disk does not fill. */
    daysLeft: number | null
  } | null
}

export type SuspendedMany = {
  /** The handles of the people who were suspended, or whose suspension ended. */
  changed: string[]
  /** The people who were left as they were, each with the reason. */
  left: Array<{
    handle: string
    code: string
    detail: string
  }>
}

export type Tag = {
  tag: string
  /** How many posts the viewer may see, counted up to 1,000. */
  posts: number
}

export type Tip = {
  id: number
  handle: string
  coins: number
  postId?: number
  balance: number
}

export type Token = {
  id: number
  name: string
  scopes: Array<'read' | 'write' | 'coins' | 'admin'>
  createdAt: string
  /** Null when the token does not expire. */
  expiresAt: string | null
  /** Whether a new password ends the token. */
  endsWithPassword: boolean
  /** To the hour. Null when the token was never used. */
  lastUsedAt: string | null
}

export type Topup = {
  id: number
  coins: number
  note: string
  /** The name on the bank transfer; null for cash. */
  depositor: string | null
  /** The amount to transfer, in the smallest unit of the currency; null without a pack. */
  amount: number | null
  currency: string | null
  /** How many decimals the amount has. */
  decimals: number | null
  /** Until when the transfer is awaited. */
  dueAt: string | null
  status: 'pending' | 'approved' | 'refused' | 'withdrawn'
  createdAt: string
  decidedAt: string | null
  /** The answer of the staff. */
  answer: string | null
}

export type User = {
  id: number
  handle: string
  displayName: string
  bio: string
  links: string[]
  avatarUrl: string | null
  followers: number
  following: number
  posts: number
  /** Whether only accepted followers see the posts. */
  private: boolean
  createdAt: string
  viewer: {
    self: boolean
    following: boolean
    /** Whether you asked to follow this private account and wait for an answer. */
    requested: boolean
    blocked: boolean
    muted: boolean
  }
}

export type Voucher = {
  id: number
  coins: number
  uses: number
  used: number
  createdAt: string
  expiresAt: string | null
  endedAt: string | null
}

export type Wallet = {
  /** All coins that you can spend. */
  balance: number
  /** The part of the balance that you earned. */
  earned: number
  /** Coins set aside for payouts that you requested. */
  reserved: number
}

export type Welcome = {
  /** The welcome in Markdown; empty when there is none, or it was ended. */
  text: string
  html: string
}

export type Word = {
  word: string
  /** `refuse` the text, `hold` it until the staff have decided, or publish it and `mark` it for the staff. */
  effect: 'refuse' | 'hold' | 'mark'
  /** Whether only the whole word counts; in Korean also with its particles. */
  whole?: boolean
  id: number
  createdAt: string
}

export type Calls = {
  /** List your comments with their posts, newest first. */
  'GET /api/activity/comments': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: Array<{
      comment: Comment
      post: Post
    }>
    nextCursor: string | null
  }>
  /** List the posts that you like, the last one first. */
  'GET /api/activity/likes': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: Post[]
    nextCursor: string | null
  }>
  /** Get the key figures of the community. */
  'GET /api/admin': Call<{}, {
    users: number
    posts: number
    deadJobs: number
    openReports: number
    /** The texts with listed words that wait for a decision. */
    heldTexts: number
    /** The people who wait for the staff to let them join. */
    waitingMembers: number
    /** Only for administrators. */
    pendingTopups?: number
    /** Only for administrators. */
    pendingPayouts?: number
    storageBytes: number
    /** How much can still be stored on the disk of the server. */
    diskFreeBytes: number
    /** When uploads will be refused if it goes on like this; null if that is not known or far away. */
    diskFullInDays: number | null
    /** When the last good backup was made. Only for administrators. */
    lastBackupAt?: string | null
  }>
  /** List what the staff and the command line have done, newest first. Nobody can change or delete an entry. */
  'GET /api/admin/actions': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** Lists only what the person with this handle did. */
      by?: string
      /** Lists only what concerns the person with this handle. */
      on?: string
      /** Lists only actions of this kind. */
      kind?: 'account_created' | 'account_deleted' | 'data_exported' | 'deletion_begun' | 'deletion_cancelled' | 'account_suspended' | 'suspension_lifted' | 'member_approved' | 'member_refused' | 'age_confirmed' | 'age_withdrawn' | 'quota_changed' | 'role_changed' | 'reset_link_made' | 'second_factor_reset' | 'post_removed' | 'comment_removed' | 'report_settled' | 'sale_refunded' | 'refund_refused' | 'coins_granted' | 'vouchers_made' | 'voucher_ended' | 'topup_approved' | 'topup_refused' | 'payout_paid' | 'payout_refused' | 'word_added' | 'word_removed' | 'appeal_settled' | 'flag_settled' | 'setting_changed' | 'page_written' | 'page_deleted' | 'job_retried' | 'mail_tested' | 'invite_made' | 'invite_ended' | 'keys_rotated' | 'backup_asked' | 'copies_dropped' | 'copies_remade'
    }
  }, {
    items: Action[]
    nextCursor: string | null
  }>
  /** List the appeals that wait for a decision, or those decided with `?status=settled`. */
  'GET /api/admin/appeals': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: DeskAppeal[]
    nextCursor: string | null
  }>
  /** Decide about an appeal. Granting one of a suspended person lifts the suspension. */
  'PATCH /api/admin/appeals/{id}': Call<{
    path: {
      id: number
    }
    body: {
      outcome: 'granted' | 'denied'
      /** What the person is told. */
      answer?: string
    }
  }, DeskAppeal>
  /** Check the whole ledger now, and list where all coins were on each day. */
  'GET /api/admin/audit': Call<{}, LedgerReport>
  /** List the backups and how each ended, newest first. */
  'GET /api/admin/backups': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Backup[]
    nextCursor: string | null
    /** Where the nightly backups go; null when there are none. */
    place: string | null
    isEncrypted: boolean
    /** Whether a backup is being made now. */
    isRunning: boolean
    /** When the next one begins. */
    nextAt: string | null
    /** When the last good backup was made, at any place. */
    lastGoodAt: string | null
  }>
  /** Make a backup now. It appears in the list when it has ended. */
  'POST /api/admin/backups': Call<{}, BackupState>
  /** List coin purchases with money, and their refunds. */
  'GET /api/admin/checkouts': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: DeskCheckout[]
    nextCursor: string | null
  }>
  /** Get how much space the copies of videos take that can be made again. */
  'GET /api/admin/copies': Call<{}, Copies>
  /** Make the copies again that are missing. Jobs do it, one video at a time. */
  'POST /api/admin/copies': Call<{}, Copies>
  /** Drop the copies of videos in other qualities, which frees their space. Videos still play. A job does it, and copies that wait to be made are not made. */
  'DELETE /api/admin/copies': Call<{}, undefined>
  /** List texts with listed words that wait for a decision, or those decided with `?status=settled`. */
  'GET /api/admin/flags': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Flag[]
    nextCursor: string | null
  }>
  /** Decide about a text: show it to everybody, or remove it. Its author is told. */
  'PATCH /api/admin/flags/{id}': Call<{
    path: {
      id: number
    }
    body: {
      outcome: 'allowed' | 'removed'
    }
  }, Flag>
  /** List the invitations of everybody that can still be used, newest first. */
  'GET /api/admin/invites': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: DeskInvite[]
    nextCursor: string | null
  }>
  /** Revoke an invitation of anybody. */
  'DELETE /api/admin/invites/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** List the pending and failed jobs of the server. */
  'GET /api/admin/jobs': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Job[]
    nextCursor: string | null
  }>
  /** Retry a failed job now. */
  'POST /api/admin/jobs/{id}/attempts': Call<{
    path: {
      id: number
    }
  }, Job>
  /** Send a test mail, and return the answer of the mail server. */
  'POST /api/admin/mail/tests': Call<{
    body: {
      to: string
    }
  }, {
    to: string
    accepted: boolean
    /** The answer of the mail server, or why there was none. */
    answer: string
  }>
  /** List the packs of coins that are for sale. */
  'GET /api/admin/packs': Call<{}, {
    items: Pack[]
    /** Whether a payment provider is set up. */
    payments: boolean
  }>
  /** Add a pack. */
  'POST /api/admin/packs': Call<{
    body: {
      coins: number
      /** The price in the smallest unit of the currency. Give either this or `price`. */
      amount?: number
      /** The price as people write it, like 4.90. */
      price?: string
      currency: string
    }
  }, Pack>
  /** Remove a pack. */
  'DELETE /api/admin/packs/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** List the pages that are written. */
  'GET /api/admin/pages': Call<{}, {
    items: Array<'rules' | 'terms' | 'privacy' | 'imprint' | 'contact'>
  }>
  /** Get a page. */
  'GET /api/admin/pages/{name}': Call<{
    path: {
      name: 'rules' | 'terms' | 'privacy' | 'imprint' | 'contact'
    }
  }, Page>
  /** Write a page in Markdown. */
  'PUT /api/admin/pages/{name}': Call<{
    path: {
      name: 'rules' | 'terms' | 'privacy' | 'imprint' | 'contact'
    }
    body: {
      text: string
    }
  }, Page>
  /** Delete a page. */
  'DELETE /api/admin/pages/{name}': Call<{
    path: {
      name: 'rules' | 'terms' | 'privacy' | 'imprint' | 'contact'
    }
  }, undefined>
  /** List payout requests; `?status=asked` for undecided ones. */
  'GET /api/admin/payouts': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** Lists only requests with this status. */
      status?: 'asked' | 'paid' | 'refused' | 'withdrawn'
    }
  }, {
    items: DeskPayout[]
    nextCursor: string | null
  }>
  /** Download all payout requests as CSV. */
  'GET /api/admin/payouts/all.csv': Call<{}, Response>
  /** Download the open payout requests with their bank accounts as CSV. */
  'GET /api/admin/payouts/bank.csv': Call<{}, Response>
  /** Mark a payout request as paid, or refuse it. */
  'PATCH /api/admin/payouts/{id}': Call<{
    path: {
      id: number
    }
    body: {
      status: 'paid' | 'refused'
      /** A reason or an explanation, which the person sees. */
      note?: string
    }
  }, DeskPayout>
  /** Remove a post, also from the libraries of its buyers, who get their coins back. */
  'DELETE /api/admin/posts/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** List purchases, newest first. */
  'GET /api/admin/purchases': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** Lists only what the person with this handle bought. */
      buyer?: string
      /** Lists only what the person with this handle sold. */
      seller?: string
      /** Lists only the purchases of this post. */
      post?: number
    }
  }, {
    items: Sale[]
    nextCursor: string | null
  }>
  /** List requests for refunds of all posts. */
  'GET /api/admin/refunds': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: RefundRequest[]
    nextCursor: string | null
  }>
  /** List open reports, or settled ones. */
  'GET /api/admin/reports': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      status?: 'open' | 'settled'
    }
  }, {
    items: DeskReport[]
    nextCursor: string | null
  }>
  /** Settle all reports about the same item: dismiss them, remove the item, or suspend its author. */
  'PATCH /api/admin/reports/{id}': Call<{
    path: {
      id: number
    }
    body: {
      outcome: 'dismissed' | 'removed' | 'suspended'
      /** The reason that the suspended person sees; required for `suspended`. */
      note?: string
    }
  }, DeskReport>
  /** Get the settings. */
  'GET /api/admin/settings': Call<{}, {
    siteName: string
    /** The colour of buttons and links, or null for the default. */
    accent: string | null
    /** The hash of the logo that was uploaded, whose icons are at `/marks/{mark}/icon-512.png`; null for the default. */
    mark: string | null
    /** Where people report security problems, for `/.well-known/security.txt`. Null publishes no such file. */
    securityContact: string | null
    /** Lines at the foot of every page, such as the name, address and registration number of a business. */
    business: string
    /** What the community is about, for people who sign in or join. */
    description: string
    /** What new members read once at the top of the main page and the inbox, in Markdown. */
    welcome: string
    /** What people read at the top of every page until they close it. */
    announcement: string
    /** Whether only members read the announcement, or everyone: then it is also shown where people sign in and join, and on all pages that visitors without an account can open. */
    announcementFor: 'members' | 'everyone'
    /** The last day on which the announcement is shown, in the time zone of the community; null for no end. */
    announcementUntil: string | null
    /** The language for people whose browser asks for none that is supported. */
    locale: 'en' | 'ko'
    /** The time zone for people who have not chosen one, such as Asia/Seoul. */
    timeZone: string
    /** members or public */
    access: 'members' | 'public'
    /** invite, open or closed */
    registration: 'invite' | 'open' | 'closed'
    /** Whether the staff have to approve everybody who signs up. */
    approval: boolean
    /** Whether people who sign up without an invitation have to confirm an email address before they take part. It needs a mail server. */
    confirmEmail: boolean
    /** The only domains of email addresses that can be used; empty allows all. */
    allowedDomains: string[]
    /** Domains of email addresses that cannot be used, with their subdomains. */
    blockedDomains: string[]
    /** Whether staff need a second factor. Without one they can use only their own account. Only somebody who has one can turn this on. */
    staffSecondFactor: boolean
    /** Whether members can make links by which somebody without an account sees one post for a while. */
    guestLinks: 'on' | 'off'
    /** The age from which people see posts for adults. By default 19 where the time zone is that of Korea, and 18 elsewhere. */
    adultAge: number
    /** Whether that age counts from the birthday, or from the 1st of January of its year, which is the default where the time zone is that of Korea. */
    adultBy: 'birthday' | 'year'
    /** Whether people confirm their age by their birthday and their own word, or the staff do it for them. */
    ageProof: 'word' | 'staff'
    /** `off` hides prices, wallets and libraries. */
    coins: 'on' | 'off'
    /** The packs of coins that can be bought with money. */
    packs: Array<{
      coins: number
      /** The price in the smallest unit of the currency: cents for dollars, but whole won and yen. */
      amount: number
      /** The three-letter currency code, such as `eur`. */
      currency: string
    }>
    bank: BankAccount
    /** What buyers read about refunds before they buy a post or coins. */
    refundText: string
    /** Whether a purchase can be undone for ten seconds, during which it is not shown. */
    undo: 'on' | 'off'
    /** The age that buyers of coins have to confirm once; null asks nobody. */
    buyerAge: number | null
    /** The fee on each sale, gift and tip in percent, rounded down to whole coins. */
    feePercent: number
    /** How many days the creator or the staff can refund a sale. */
    refundDays: number
    /** Whether earned coins can be paid out. */
    payouts: 'on' | 'off'
    /** How many days earned coins are held before they can be paid out. */
    payoutHoldDays: number
    /** The smallest payout, in coins. */
    payoutMinCoins: number
    /** How many days a deleted account can come back before it is erased. */
    graceDays: number
    /** a whole number of megabytes from 1 to 65536 */
    maxUploadMb: number
    /** a whole number of megabytes from 1 to 1000000000 */
    quotaMb: number
    /** The storage of each moderator in MB; null for that of members. */
    moderatorQuotaMb: number | null
    /** The storage of each administrator in MB; null for that of members. */
    adminQuotaMb: number | null
    /** a whole number of megabytes from 0 to 1000000000 */
    minFreeMb: number
    limits: Limits
    /** The settings that flags or environment variables fix, so that they cannot be changed here. */
    fixed: string[]
  }>
  /** Change the given settings; null restores the default. */
  'PATCH /api/admin/settings': Call<{
    body?: SettingsPatch
  }, {
    siteName: string
    /** The colour of buttons and links, or null for the default. */
    accent: string | null
    /** The hash of the logo that was uploaded, whose icons are at `/marks/{mark}/icon-512.png`; null for the default. */
    mark: string | null
    /** Where people report security problems, for `/.well-known/security.txt`. Null publishes no such file. */
    securityContact: string | null
    /** Lines at the foot of every page, such as the name, address and registration number of a business. */
    business: string
    /** What the community is about, for people who sign in or join. */
    description: string
    /** What new members read once at the top of the main page and the inbox, in Markdown. */
    welcome: string
    /** What people read at the top of every page until they close it. */
    announcement: string
    /** Whether only members read the announcement, or everyone: then it is also shown where people sign in and join, and on all pages that visitors without an account can open. */
    announcementFor: 'members' | 'everyone'
    /** The last day on which the announcement is shown, in the time zone of the community; null for no end. */
    announcementUntil: string | null
    /** The language for people whose browser asks for none that is supported. */
    locale: 'en' | 'ko'
    /** The time zone for people who have not chosen one, such as Asia/Seoul. */
    timeZone: string
    /** members or public */
    access: 'members' | 'public'
    /** invite, open or closed */
    registration: 'invite' | 'open' | 'closed'
    /** Whether the staff have to approve everybody who signs up. */
    approval: boolean
    /** Whether people who sign up without an invitation have to confirm an email address before they take part. It needs a mail server. */
    confirmEmail: boolean
    /** The only domains of email addresses that can be used; empty allows all. */
    allowedDomains: string[]
    /** Domains of email addresses that cannot be used, with their subdomains. */
    blockedDomains: string[]
    /** Whether staff need a second factor. Without one they can use only their own account. Only somebody who has one can turn this on. */
    staffSecondFactor: boolean
    /** Whether members can make links by which somebody without an account sees one post for a while. */
    guestLinks: 'on' | 'off'
    /** The age from which people see posts for adults. By default 19 where the time zone is that of Korea, and 18 elsewhere. */
    adultAge: number
    /** Whether that age counts from the birthday, or from the 1st of January of its year, which is the default where the time zone is that of Korea. */
    adultBy: 'birthday' | 'year'
    /** Whether people confirm their age by their birthday and their own word, or the staff do it for them. */
    ageProof: 'word' | 'staff'
    /** `off` hides prices, wallets and libraries. */
    coins: 'on' | 'off'
    /** The packs of coins that can be bought with money. */
    packs: Array<{
      coins: number
      /** The price in the smallest unit of the currency: cents for dollars, but whole won and yen. */
      amount: number
      /** The three-letter currency code, such as `eur`. */
      currency: string
    }>
    bank: BankAccount
    /** What buyers read about refunds before they buy a post or coins. */
    refundText: string
    /** Whether a purchase can be undone for ten seconds, during which it is not shown. */
    undo: 'on' | 'off'
    /** The age that buyers of coins have to confirm once; null asks nobody. */
    buyerAge: number | null
    /** The fee on each sale, gift and tip in percent, rounded down to whole coins. */
    feePercent: number
    /** How many days the creator or the staff can refund a sale. */
    refundDays: number
    /** Whether earned coins can be paid out. */
    payouts: 'on' | 'off'
    /** How many days earned coins are held before they can be paid out. */
    payoutHoldDays: number
    /** The smallest payout, in coins. */
    payoutMinCoins: number
    /** How many days a deleted account can come back before it is erased. */
    graceDays: number
    /** a whole number of megabytes from 1 to 65536 */
    maxUploadMb: number
    /** a whole number of megabytes from 1 to 1000000000 */
    quotaMb: number
    /** The storage of each moderator in MB; null for that of members. */
    moderatorQuotaMb: number | null
    /** The storage of each administrator in MB; null for that of members. */
    adminQuotaMb: number | null
    /** a whole number of megabytes from 0 to 1000000000 */
    minFreeMb: number
    limits: Limits
    /** The settings that flags or environment variables fix, so that they cannot be changed here. */
    fixed: string[]
  }>
  /** Upload a picture as the mark of the community, which is shown on pages and as the icon of the app. */
  'PUT /api/admin/settings/mark': Call<{
    body: {
      file: Blob
    }
  }, Mark>
  /** Restore the default mark. */
  'DELETE /api/admin/settings/mark': Call<{}, undefined>
  /** Get what happened on each day, what uses the space, and when the disk will be full. */
  'GET /api/admin/statistics': Call<{
    query?: {
      days?: 30 | 90 | 365
    }
  }, Statistics>
  /** List top-up requests; `?status=pending` for undecided ones. */
  'GET /api/admin/topups': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** Lists only requests with this status. */
      status?: 'pending' | 'approved' | 'refused' | 'withdrawn'
      /** A part of the depositor's name. */
      q?: string
    }
  }, {
    items: DeskTopup[]
    nextCursor: string | null
  }>
  /** Approve a request, which credits the coins, or refuse it. */
  'PATCH /api/admin/topups/{id}': Call<{
    path: {
      id: number
    }
    body: {
      status: 'approved' | 'refused'
      /** A note for the person who made the request. */
      note?: string
    }
  }, DeskTopup>
  /** List all people, newest first, or those that match. */
  'GET /api/admin/users': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A part of a handle, a name or, for administrators, an email address. */
      q?: string
      /** `member`, `moderator` or `admin`. */
      role?: string
      /** `active`, `waiting` for approval, `refused`, `unconfirmed` (has to confirm an address first), `suspended`, or `leaving`, whose account will be erased. */
      state?: string
      /** Seen within so many days; with a minus, not seen for so many days. */
      seen?: string
      /** Joined within so many days; with a minus, longer ago. */
      joined?: string
      /** Uses at least so many megabytes. */
      storage?: string
      /** `newest` (the default) or `oldest` member, last `seen`, `unseen` for longest, most `storage`. */
      sort?: string
    }
  }, {
    items: DeskAccount[]
    nextCursor: string | null
  }>
  /** Suspend several people at once. Whoever cannot be suspended stays as they are. */
  'POST /api/admin/users/suspensions': Call<{
    body: {
      handles: string[]
      /** The reason that each of them sees when they try to sign in. */
      reason: string
    }
  }, SuspendedMany>
  /** Lift the suspensions of several people at once. */
  'POST /api/admin/users/suspensions/lifts': Call<{
    body: {
      handles: string[]
    }
  }, SuspendedMany>
  /** Change the role or the storage of a person, decide about somebody who asked to join, or confirm an age. */
  'PATCH /api/admin/users/{handle}': Call<{
    path: {
      handle: string
    }
    body?: {
      /** Only administrators can change it. */
      role?: 'member' | 'moderator' | 'admin'
      /** The decision about somebody who asked to join. */
      status?: 'approved' | 'refused'
      /** Confirms that the person is an adult, of which the staff have seen a proof, or takes that back. */
      adult?: boolean
      /** The storage of this person in MB; null for that of their role. Only administrators can change it. */
      quotaMb?: number | null
      /** The reason for a refusal, which the person is told. */
      reason?: string
    }
  }, DeskAccount>
  /** Delete the account of a person. For some days they can come back by signing in, and staff can undo it. */
  'DELETE /api/admin/users/{handle}': Call<{
    path: {
      handle: string
    }
    body?: {
      /** Whether the person loses the coins that they still have. */
      forfeit?: boolean
      /** Whether to erase everything at once. Nobody can undo that. */
      immediately?: boolean
    }
  }, undefined>
  /** Keep an account that is being deleted. The person has to sign in again. */
  'DELETE /api/admin/users/{handle}/deletion': Call<{
    path: {
      handle: string
    }
  }, undefined>
  /** Grant new coins to a person. */
  'POST /api/admin/users/{handle}/grants': Call<{
    path: {
      handle: string
    }
    body: {
      coins: number
      note?: string
      /** For forms. Scripts send the `Idempotency-Key` header instead. */
      idempotencyKey?: string
    }
    /** A request repeated with the same key within a day is done once and gets the same answer. */
    idempotencyKey?: string
  }, Wallet>
  /** List the people whom somebody invited, newest first. */
  'GET /api/admin/users/{handle}/invited': Call<{
    path: {
      handle: string
    }
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Invited[]
    nextCursor: string | null
    /** Who invited the person, who invited that member, and so on, the first one first; null for leavers. */
    line: Array<string | null>
    /** How many people the person invited, directly or through others. */
    below: number
  }>
  /** Suspend somebody and all whom they invited, directly or through others: at most 100 people in one call. */
  'POST /api/admin/users/{handle}/invited/suspensions': Call<{
    path: {
      handle: string
    }
    body: {
      reason: string
    }
  }, SuspendedMany>
  /** Create a link that sets a new password. */
  'POST /api/admin/users/{handle}/resets': Call<{
    path: {
      handle: string
    }
  }, {
    /** A link that works once, within a day. */
    url: string
    handle: string
    expiresAt: string
  }>
  /** Suspend a person. They are signed out, and only staff see them until the suspension is lifted. */
  'PUT /api/admin/users/{handle}/suspension': Call<{
    path: {
      handle: string
    }
    body: {
      /** The reason that the person sees when they try to sign in. */
      reason: string
    }
  }, Account>
  /** Lift a suspension. */
  'DELETE /api/admin/users/{handle}/suspension': Call<{
    path: {
      handle: string
    }
  }, undefined>
  /** Turn off the second factor of a person who has lost it. The person is notified. */
  'DELETE /api/admin/users/{handle}/totp': Call<{
    path: {
      handle: string
    }
  }, undefined>
  /** List the vouchers, without their codes. */
  'GET /api/admin/vouchers': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Voucher[]
    nextCursor: string | null
  }>
  /** Create vouchers. */
  'POST /api/admin/vouchers': Call<{
    body: {
      coins: number
      count?: number
      /** How many people can redeem each voucher. */
      uses?: number
      /** For how many days the vouchers are valid; no limit by default. */
      days?: number
    }
  }, {
    /** The codes, which cannot be read again later. */
    codes: string[]
    coins: number
    expiresAt: string | null
  }>
  /** Withdraw a voucher, so that nobody can redeem it. */
  'DELETE /api/admin/vouchers/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** List the words that the host does not want, newest first. */
  'GET /api/admin/words': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Word[]
    nextCursor: string | null
  }>
  /** List a word, or change what happens to a text with it. It concerns texts that are written from now on. */
  'POST /api/admin/words': Call<{
    body: {
      word: string
      /** `refuse` the text, `hold` it until the staff have decided, or publish it and `mark` it for the staff. */
      effect: 'refuse' | 'hold' | 'mark'
      /** Whether only the whole word counts; in Korean also with its particles. */
      whole?: boolean
    }
  }, Word>
  /** Take a word off the list. */
  'DELETE /api/admin/words/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** List what the staff removed of yours, with your answers, newest first. */
  'GET /api/appeals': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Removed[]
    nextCursor: string | null
  }>
  /** Answer a suspension, or the removal of a post or comment of yours, once. The staff decide and tell you. */
  'POST /api/appeals': Call<{
    body: {
      /** What you answer. */
      text: string
      /** The post of yours that was removed. */
      postId?: number
      /** The comment of yours that was removed. */
      commentId?: number
      /** For a suspension, since nobody can sign in then. */
      handle?: string
      /** With `handle`. */
      password?: string
      /** In place of `handle` and `password`: the answer of a passkey to `POST /sessions/passkeys/options`. */
      response?: {
        id: string
        rawId: string
        type: 'public-key'
        response: {
          clientDataJSON: string
          authenticatorData: string
          signature: string
        }
      } | string
    }
  }, Appeal>
  /** List the people you block. */
  'GET /api/blocks': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: User[]
    nextCursor: string | null
  }>
  /** Block a person. Neither of you sees or follows the other from now on. */
  'PUT /api/blocks/{handle}': Call<{
    path: {
      handle: string
    }
  }, User>
  /** Unblock a person. Earlier follows are not restored. */
  'DELETE /api/blocks/{handle}': Call<{
    path: {
      handle: string
    }
  }, undefined>
  /** List the posts you bookmarked. */
  'GET /api/bookmarks': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: Post[]
    nextCursor: string | null
  }>
  /** Get your wallet. */
  'GET /api/coins': Call<{}, Wallet>
  /** Buy coins with money. The answer contains the payment page as `url`. */
  'POST /api/coins/checkouts': Call<{
    body: {
      /** The `id` of a pack from `/coins/packs`. */
      pack: string
      /** Who takes the payment, from the `providers` of the pack; by default the first of them. */
      provider?: 'stripe' | 'toss'
      /** Confirms that you are as old as the host asks buyers to be. */
      age?: boolean
      /** For forms. Scripts send the `Idempotency-Key` header instead. */
      idempotencyKey?: string
    }
    /** A request repeated with the same key within a day is done once and gets the same answer. */
    idempotencyKey?: string
  }, Checkout>
  /** Get the state of one of your payments. */
  'GET /api/coins/checkouts/{id}': Call<{
    path: {
      id: number
    }
  }, Checkout>
  /** Get the page on which the window of a payment provider opens. */
  'GET /api/coins/checkouts/{id}/pay': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** Come back from the page of a payment provider, which confirms the payment. */
  'GET /api/coins/checkouts/{id}/return': Call<{
    path: {
      id: number
    }
  }, Checkout>
  /** Get your earnings by day and by post. */
  'GET /api/coins/earnings': Call<{
    query?: {
      days?: 30 | 90 | 365
    }
  }, Earnings>
  /** List the entries of your statement. */
  'GET /api/coins/entries': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: Entry[]
    nextCursor: string | null
  }>
  /** List the packs of coins that are for sale. */
  'GET /api/coins/packs': Call<{}, {
    items: Pack[]
  }>
  /** List your payout requests. */
  'GET /api/coins/payouts': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Payout[]
    nextCursor: string | null
    payouts: 'on' | 'off'
    /** Earned coins that can be paid out now. */
    available: number
    /** Coins earned too recently to be paid out. */
    onHold: number
    /** The smallest payout. */
    least: number
    holdDays: number
  }>
  /** Request a payout of earned coins. */
  'POST /api/coins/payouts': Call<{
    body: {
      coins: number
      /** The bank of the account that is paid. */
      bank?: string
      /** The number of the account. */
      account?: string
      /** Whose account it is. */
      holder?: string
      /** For forms. Scripts send the `Idempotency-Key` header instead. */
      idempotencyKey?: string
    }
    /** A request repeated with the same key within a day is done once and gets the same answer. */
    idempotencyKey?: string
  }, Payout>
  /** Get a payout request. */
  'GET /api/coins/payouts/{id}': Call<{
    path: {
      id: number
    }
  }, Payout>
  /** Withdraw an undecided payout request. */
  'DELETE /api/coins/payouts/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** Redeem a voucher. */
  'POST /api/coins/redemptions': Call<{
    body: {
      code: string
      /** For forms. Scripts send the `Idempotency-Key` header instead. */
      idempotencyKey?: string
    }
    /** A request repeated with the same key within a day is done once and gets the same answer. */
    idempotencyKey?: string
  }, {
    coins: number
    balance: number
  }>
  /** List requests for refunds of your posts. */
  'GET /api/coins/refunds': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: RefundRequest[]
    nextCursor: string | null
  }>
  /** List your own requests for refunds. */
  'GET /api/coins/refunds/mine': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: RefundRequest[]
    nextCursor: string | null
    /** What you bought lately and can ask a refund for. */
    purchases: RefundablePurchase[]
  }>
  /** Refund what a buyer asked for, or refuse. For the creator and administrators. */
  'PATCH /api/coins/refunds/{id}': Call<{
    path: {
      id: number
    }
    body: {
      status: 'refunded' | 'refused'
      /** What the buyer reads, such as the reason for a refusal. */
      note?: string
    }
  }, RefundRequest>
  /** Withdraw an undecided request of yours. */
  'DELETE /api/coins/refunds/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** List your sales, newest first. */
  'GET /api/coins/sales': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: Sale[]
    nextCursor: string | null
  }>
  /** List your statement by month. */
  'GET /api/coins/statements': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Month[]
    nextCursor: string | null
  }>
  /** Download your whole statement as CSV. */
  'GET /api/coins/statements/all.csv': Call<{}, Response>
  /** Get one month of your statement. */
  'GET /api/coins/statements/{month}': Call<{
    path: {
      /** A month such as `2026-01`. */
      month: string
    }
  }, Month>
  /** Download one month of your statement as CSV. */
  'GET /api/coins/statements/{month}/entries.csv': Call<{
    path: {
      /** A month such as `2026-01`. */
      month: string
    }
  }, Response>
  /** Tip a person. */
  'POST /api/coins/tips': Call<{
    body: {
      handle: string
      coins: number
      /** A post of the person that the tip is for. */
      postId?: number
      note?: string
      /** For forms. Scripts send the `Idempotency-Key` header instead. */
      idempotencyKey?: string
    }
    /** A request repeated with the same key within a day is done once and gets the same answer. */
    idempotencyKey?: string
  }, Tip>
  /** List your top-up requests. */
  'GET /api/coins/topups': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Topup[]
    nextCursor: string | null
    /** Where to transfer the money; null where there are no bank transfers. */
    bank: BankAccount | null
  }>
  /** Request coins from the staff that you pay for by bank transfer or in cash. */
  'POST /api/coins/topups': Call<{
    body?: {
      /** How many coins you paid for. Give either this or `pack`. */
      coins?: number
      /** The `id` of a pack. */
      pack?: string
      /** The name on your bank transfer. */
      depositor?: string
      /** How you paid, like “20 in cash, to Mina”. Needed for cash. */
      note?: string
      /** Confirms that you are as old as the host asks buyers to be. */
      age?: boolean
      /** For forms. Scripts send the `Idempotency-Key` header instead. */
      idempotencyKey?: string
    }
    /** A request repeated with the same key within a day is done once and gets the same answer. */
    idempotencyKey?: string
  }, Topup>
  /** Withdraw an undecided top-up request. */
  'DELETE /api/coins/topups/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** List your collections in your order. */
  'GET /api/collections': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** Adds to each whether it contains this post. */
      postId?: number
    }
  }, {
    items: Collection[]
    nextCursor: string | null
  }>
  /** Create a collection. */
  'POST /api/collections': Call<{
    body: {
      name: string
      /** A post that is put into the collection at once. */
      postId?: number
    }
  }, Collection>
  /** Put your collections into an order: all of them, or some that then share the places they have. */
  'PUT /api/collections/order': Call<{
    body: {
      ids: number[]
    }
  }, undefined>
  /** Get one of your collections. */
  'GET /api/collections/{id}': Call<{
    path: {
      id: number
    }
  }, Collection>
  /** Rename a collection. */
  'PATCH /api/collections/{id}': Call<{
    path: {
      id: number
    }
    body: {
      name: string
    }
  }, Collection>
  /** Delete a collection. Its posts stay bookmarked. */
  'DELETE /api/collections/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** Put posts of a collection into an order. They share the places that they have. */
  'PUT /api/collections/{id}/order': Call<{
    path: {
      id: number
    }
    body: {
      postIds: number[]
    }
  }, undefined>
  /** List the posts of a collection in your order, in which the last one put in comes first. */
  'GET /api/collections/{id}/posts': Call<{
    path: {
      id: number
    }
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Post[]
    nextCursor: string | null
  }>
  /** Put a post into a collection, which bookmarks it. */
  'PUT /api/collections/{id}/posts/{postId}': Call<{
    path: {
      id: number
      postId: number
    }
  }, Post>
  /** Take a post out of a collection. It stays bookmarked. */
  'DELETE /api/collections/{id}/posts/{postId}': Call<{
    path: {
      id: number
      postId: number
    }
  }, undefined>
  /** Get a comment. */
  'GET /api/comments/{id}': Call<{
    path: {
      id: number
    }
  }, Comment>
  /** Edit a comment. */
  'PATCH /api/comments/{id}': Call<{
    path: {
      id: number
    }
    body: {
      text: string
    }
  }, Comment>
  /** Delete a comment. */
  'DELETE /api/comments/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** List the posts of the last two weeks that people like now. */
  'GET /api/explore': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Post[]
    nextCursor: string | null
  }>
  /** List your files. */
  'GET /api/files': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
      /** Only files whose original has this SHA-256, in hex. The hash is known once a file has been processed. */
      sha256?: string
    }
  }, {
    items: File[]
    nextCursor: string | null
  }>
  /** Upload a photo or a video in one request, as `file`. */
  'POST /api/files': Call<{
    body: {
      file: Blob
    }
    /** A request repeated with the same key within a day is done once and gets the same answer. */
    idempotencyKey?: string
  }, File>
  /** Get one of your files. */
  'GET /api/files/{id}': Call<{
    path: {
      id: number
    }
  }, File>
  /** Set the alt text of a file. Before it is published, choose the part that is shown, turn it, trim a video and choose its cover: `null` takes that back, and the renditions are made again. */
  'PATCH /api/files/{id}': Call<{
    path: {
      id: number
    }
    body: {
      altText?: string
      crop?: {
        x: number
        y: number
        width: number
        height: number
      } | null
      /** How far the part that is shown is turned clockwise, in degrees: 0, 90, 180 or 270. */
      turn?: number
      trim?: {
        start: number
        end: number
      } | null
      /** The second of the original whose picture is the cover of a video. */
      cover?: number | null
    }
  }, File>
  /** Delete a file that is in no post. */
  'DELETE /api/files/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** Process a failed file again. */
  'POST /api/files/{id}/attempts': Call<{
    path: {
      id: number
    }
  }, File>
  /** Get one of your videos with its captions. */
  'GET /api/files/{id}/captions': Call<{
    path: {
      id: number
    }
  }, File>
  /** Give one of your videos captions in a language, as WebVTT or SRT. They replace those it has. */
  'POST /api/files/{id}/captions': Call<{
    path: {
      id: number
    }
    body: {
      /** The tag of the language (BCP 47), such as `ko` or `pt-BR`. */
      language: string
      /** WebVTT or SRT. */
      text: string
    }
  }, File>
  /** Take back the captions of a language. */
  'DELETE /api/files/{id}/captions/{language}': Call<{
    path: {
      id: number
      language: string
    }
  }, File>
  /** Get one of your files, with what you can change before it is published. */
  'GET /api/files/{id}/edit': Call<{
    path: {
      id: number
    }
  }, File>
  /** Download the file as it was uploaded. */
  'GET /api/files/{id}/original': Call<{
    path: {
      id: number
    }
  }, Response>
  /** Get all of one of your photos, also of one of which you show a part. */
  'GET /api/files/{id}/uncut': Call<{
    path: {
      id: number
    }
  }, Response>
  /** List the people you follow. */
  'GET /api/follows': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: User[]
    nextCursor: string | null
  }>
  /** Remove one of your followers. They are not told, and see you like everybody else again. */
  'DELETE /api/follows/followers/{handle}': Call<{
    path: {
      handle: string
    }
  }, undefined>
  /** List the people who ask to follow you. */
  'GET /api/follows/requests': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: User[]
    nextCursor: string | null
  }>
  /** Accept a request to follow you. */
  'PUT /api/follows/requests/{handle}': Call<{
    path: {
      handle: string
    }
  }, User>
  /** Refuse a request to follow you. The person is not told, and can ask again. */
  'DELETE /api/follows/requests/{handle}': Call<{
    path: {
      handle: string
    }
  }, undefined>
  /** Follow a person. Private accounts are asked, and answer with 202 until they accept. */
  'PUT /api/follows/{handle}': Call<{
    path: {
      handle: string
    }
    body?: {
      /** Whether to be notified of each new post. Defaults to true. */
      notify?: boolean
    }
  }, User | {
    requested: true
  }>
  /** Unfollow a person, or withdraw the request to follow them. */
  'DELETE /api/follows/{handle}': Call<{
    path: {
      handle: string
    }
  }, undefined>
  /** List your webhooks. */
  'GET /api/hooks': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Hook[]
    nextCursor: string | null
  }>
  /** Add a webhook: an address that is told what happens, signed by Standard Webhooks. The secret is shown once. */
  'POST /api/hooks': Call<{
    body: {
      url: string
      /** `post`: somebody, also you, published a post that you may see. The others happened to you or your posts; `report` is for staff. */
      events: Array<'post' | 'comment' | 'like' | 'follow' | 'purchase' | 'tip' | 'report'>
    }
  }, NewHook>
  /** Get one of your webhooks. */
  'GET /api/hooks/{id}': Call<{
    path: {
      id: number
    }
  }, Hook>
  /** Change a webhook, or turn it on again. */
  'PATCH /api/hooks/{id}': Call<{
    path: {
      id: number
    }
    body: {
      url?: string
      /** `post`: somebody, also you, published a post that you may see. The others happened to you or your posts; `report` is for staff. */
      events?: Array<'post' | 'comment' | 'like' | 'follow' | 'purchase' | 'tip' | 'report'>
      /** `true` turns on a hook that was turned off; what waits is sent again. */
      enabled?: boolean
    }
  }, Hook>
  /** Remove a webhook. */
  'DELETE /api/hooks/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** List what a webhook was told in the last week, newest first. */
  'GET /api/hooks/{id}/deliveries': Call<{
    path: {
      id: number
    }
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: HookDelivery[]
    nextCursor: string | null
  }>
  /** Send a delivery once more. */
  'POST /api/hooks/{id}/deliveries/{deliveryId}/attempts': Call<{
    path: {
      id: number
      deliveryId: number
    }
  }, HookDelivery>
  /** List the posts of the people you follow. */
  'GET /api/inbox': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: Post[]
    nextCursor: string | null
    unread: number
  }>
  /** Mark posts as read: some by their ids, or all up to a `publishedAt`. */
  'PUT /api/inbox/read': Call<{
    body?: {
      upTo?: string
      /** Only these posts. */
      postIds?: number[]
    }
  }, undefined>
  /** List your invitations that can still be used. */
  'GET /api/invites': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Invite[]
    nextCursor: string | null
  }>
  /** Create an invitation. */
  'POST /api/invites': Call<{
    body?: {
      uses?: number
      /** Defaults to four weeks from now. */
      expiresAt?: string
    }
  }, Invite>
  /** Revoke an invitation. */
  'DELETE /api/invites/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** List the posts you bought. */
  'GET /api/library': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: Post[]
    nextCursor: string | null
  }>
  /** Get one of the posts you bought. */
  'GET /api/library/{id}': Call<{
    path: {
      id: number
    }
  }, Post>
  /** Buy a post. */
  'PUT /api/library/{id}': Call<{
    path: {
      id: number
    }
    body: {
      /** The price that the buyer was shown. */
      price: number
    }
  }, Post>
  /** Undo a purchase that was not shown yet, within ten seconds, where the host allows it. */
  'DELETE /api/library/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** Refund a buyer and remove the post from their library. Available to its creator and to administrators. */
  'POST /api/library/{id}/refunds': Call<{
    path: {
      id: number
    }
    body: {
      /** The handle of the person who bought the post or received it as a gift. */
      handle: string
      /** For forms. Scripts send the `Idempotency-Key` header instead. */
      idempotencyKey?: string
    }
    /** A request repeated with the same key within a day is done once and gets the same answer. */
    idempotencyKey?: string
  }, Refund>
  /** Ask the creator and the staff for a refund of a post that you bought. */
  'POST /api/library/{id}/requests': Call<{
    path: {
      id: number
    }
    body: {
      reason: string
      /** For forms. Scripts send the `Idempotency-Key` header instead. */
      idempotencyKey?: string
    }
    /** A request repeated with the same key within a day is done once and gets the same answer. */
    idempotencyKey?: string
  }, RefundRequest>
  /** Show a purchase that you could still undo. */
  'PUT /api/library/{id}/shown': Call<{
    path: {
      id: number
    }
  }, Post>
  /** List the links for guests that you made. */
  'GET /api/looks': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Look[]
    nextCursor: string | null
  }>
  /** Make a link by which somebody without an account sees one post for a while. Authors make it for nothing. */
  'POST /api/looks': Call<{
    body: {
      postId: number
      /** The price that you were shown; authors give 0. */
      price?: number
      /** Whether the link is good for some looks or for some hours. */
      kind?: 'times' | 'hours'
      times?: number
      hours?: number
      /** For forms. Scripts send the `Idempotency-Key` header instead. */
      idempotencyKey?: string
    }
    /** A request repeated with the same key within a day is done once and gets the same answer. */
    idempotencyKey?: string
  }, Look>
  /** See what a link for a guest leads to, without beginning a look. */
  'GET /api/looks/{link}': Call<{
    path: {
      /** The token of the link. */
      link: string
    }
  }, GuestLook>
  /** Begin a look. The first one gives the link to this browser, by a cookie. */
  'POST /api/looks/{link}': Call<{
    path: {
      /** The token of the link. */
      link: string
    }
  }, GuestLook>
  /** End a link for a guest, your own or one to your post. If nobody has opened it, its coins come back. */
  'DELETE /api/looks/{link}': Call<{
    path: {
      /** The id of the link. */
      link: number
    }
  }, undefined>
  /** Get your mail settings. */
  'GET /api/mail': Call<{}, Mail>
  /** Change how often you get a digest. An omitted time zone stays as it is. */
  'PATCH /api/mail': Call<{
    body: {
      digest: 'off' | 'daily' | 'weekly'
      /** The time zone whose morning the digest arrives in, such as Asia/Seoul. */
      timeZone?: string
    }
  }, Mail>
  /** Get the mailing list that the `token` of a link unsubscribes from. */
  'GET /api/mail/unsubscriptions': Call<{
    query?: {
      /** The token of the link. */
      token?: string
    }
  }, {
    list: 'digest' | 'notices'
  }>
  /** Unsubscribe with the `token` of a mail in the query. No session is needed, and the body is ignored (RFC 8058). */
  'POST /api/mail/unsubscriptions': Call<{
    query?: {
      /** The token of the link. */
      token?: string
    }
  }, {
    list: 'digest' | 'notices'
  }>
  /** List the posts that do not interest you, the last one first. */
  'GET /api/muted-posts': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: Post[]
    nextCursor: string | null
  }>
  /** Get a post that does not interest you. */
  'GET /api/muted-posts/{id}': Call<{
    path: {
      id: number
    }
  }, Post>
  /** Say that a post does not interest you: it leaves your main page, inbox, explore, tags, searches and notifications, and its author is not suggested to you. Nobody is told. */
  'PUT /api/muted-posts/{id}': Call<{
    path: {
      id: number
    }
  }, Post>
  /** Take back that a post does not interest you. */
  'DELETE /api/muted-posts/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** List the words and tags that you mute. */
  'GET /api/muted-words': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: MutedWord[]
    nextCursor: string | null
  }>
  /** Mute a word, a few words in a row or a #tag. Posts with them stay out of your lists. */
  'POST /api/muted-words': Call<{
    body: {
      text: string
    }
  }, MutedWord>
  /** Unmute a word or a tag. */
  'DELETE /api/muted-words/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** List the people you mute. */
  'GET /api/mutes': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: User[]
    nextCursor: string | null
  }>
  /** Mute a member: their posts and activity leave your main page, inbox and notifications. They are not told. */
  'PUT /api/mutes/{handle}': Call<{
    path: {
      handle: string
    }
  }, User>
  /** Unmute a member. */
  'DELETE /api/mutes/{handle}': Call<{
    path: {
      handle: string
    }
  }, undefined>
  /** List your notifications. */
  'GET /api/notifications': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: Notification[]
    nextCursor: string | null
    unread: number
  }>
  /** Mark all notifications up to a time as read. */
  'PUT /api/notifications/read': Call<{
    body: {
      upTo: string
    }
  }, undefined>
  /** Get your notification settings. */
  'GET /api/notifications/settings': Call<{}, NotificationSettings>
  /** Replace your notification settings. Omitted fields return to their defaults. */
  'PUT /api/notifications/settings': Call<{
    body?: NotificationSettingsPatch
  }, NotificationSettings>
  /** Change your notification settings. Omitted fields stay as they are. */
  'PATCH /api/notifications/settings': Call<{
    body?: NotificationSettingsPatch
  }, NotificationSettings>
  /** List the apps that you registered. */
  'GET /api/oauth/apps': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: App[]
    nextCursor: string | null
  }>
  /** Register an app that you make. The answer is the only one that shows its secret. */
  'POST /api/oauth/apps': Call<{
    body: {
      name: string
      /** The address of a page about the app. */
      site?: string
      /** Where people are sent back to. Requests must name one of them exactly; only the port of loopback addresses is free. */
      redirectUris: string[]
      /** Whether the app runs on a server that can keep a secret. Apps on devices and in browsers cannot. */
      confidential?: boolean
    }
  }, NewApp>
  /** Remove an app that you registered. It is signed out everywhere at once. */
  'DELETE /api/oauth/apps/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** Replace the secret of an app that you registered. The former one ends at once. */
  'PUT /api/oauth/apps/{id}/secret': Call<{
    path: {
      id: number
    }
    body?: {}
  }, NewApp>
  /** List the apps that you allow to act for you. */
  'GET /api/oauth/grants': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: AllowedApp[]
    nextCursor: string | null
  }>
  /** Take back what you allowed an app, by the id of the app. It is signed out at once. */
  'DELETE /api/oauth/grants/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** Register an app (RFC 7591). Errors are `{error, error_description}`. */
  'POST /api/oauth/register': Call<{
    body: {
      /** Where people are sent back to. Requests must name one of them exactly; only the port of loopback addresses is free. */
      redirect_uris: string[]
      client_name: string
      /** The address of a page about the app. */
      client_uri?: string
      token_endpoint_auth_method?: 'none' | 'client_secret_basic' | 'client_secret_post'
      grant_types?: Array<'authorization_code' | 'refresh_token'>
      response_types?: Array<'code'>
    }
  }, RegisteredApp>
  /** End what a token of an app opens (RFC 7009; send a form). Apps only. */
  'POST /api/oauth/revoke': Call<{}, undefined>
  /** Exchange a code, or a refresh token, for new tokens (RFC 6749; send a form). Apps only. Errors are `{error, error_description}`. */
  'POST /api/oauth/token': Call<{}, AppTokens>
  /** Agree to the rules, terms and privacy statement as they are now. */
  'PUT /api/pages/agreement': Call<{}, undefined>
  /** Get a page that the host wrote. */
  'GET /api/pages/{name}': Call<{
    path: {
      name: 'rules' | 'terms' | 'privacy' | 'imprint' | 'contact'
    }
  }, Page>
  /** List the posts of the main page, newest first. */
  'GET /api/posts': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: Post[]
    nextCursor: string | null
  }>
  /** Create a post from your files. */
  'POST /api/posts': Call<{
    body: {
      caption?: string
      price?: number
      fileIds: number[]
      visibility?: 'everyone' | 'followers'
      /** Covers the pictures until somebody chooses to see them, whoever they are. */
      sensitive?: boolean
      /** Shows the post only to people who have confirmed their age. Its author has to have done so, too. */
      adultsOnly?: boolean
      /** When to publish the post, within a year. A time without an offset is in your time zone. */
      publishAt?: string | null
      /** The collection of yours into which the post is put, which only you see. */
      collectionId?: number | null
      /** The name of the collection in place of its id. If you have none of this name, it is made. */
      collectionName?: string
      /** For forms. Scripts send the `Idempotency-Key` header instead. */
      idempotencyKey?: string
    }
    /** A request repeated with the same key within a day is done once and gets the same answer. */
    idempotencyKey?: string
  }, Post>
  /** Get the post that you are making. It is the same on all your devices. */
  'GET /api/posts/draft': Call<{}, Draft>
  /** Save the post that you are making. Omitted fields return to their defaults. */
  'PUT /api/posts/draft': Call<{
    body?: {
      caption?: string
      price?: number
      fileIds?: number[]
      visibility?: 'everyone' | 'followers'
      /** Covers the pictures until somebody chooses to see them, whoever they are. */
      sensitive?: boolean
      /** Shows the post only to people who have confirmed their age. Its author has to have done so, too. */
      adultsOnly?: boolean
      /** When to publish the post, within a year. A time without an offset is in your time zone. */
      publishAt?: string | null
      /** The collection of yours into which the post is put, which only you see. */
      collectionId?: number | null
      /** The name of the collection in place of its id. If you have none of this name, it is made. */
      collectionName?: string
    }
  }, Draft>
  /** Discard the post that you are making, with its files. */
  'DELETE /api/posts/draft': Call<{}, undefined>
  /** Count the posts that are newer than a cursor, up to 100. */
  'GET /api/posts/newer': Call<{
    query?: {
      /** The cursor to count from. */
      than?: string
    }
  }, {
    count: number
  }>
  /** Get a post. */
  'GET /api/posts/{id}': Call<{
    path: {
      id: number
    }
  }, Post>
  /** Change a post. Omitted fields stay as they are. */
  'PATCH /api/posts/{id}': Call<{
    path: {
      id: number
    }
    body?: {
      caption?: string
      price?: number
      visibility?: 'everyone' | 'followers'
      /** Covers the pictures until somebody chooses to see them, whoever they are. */
      sensitive?: boolean
      /** Shows the post only to people who have confirmed their age. Its author has to have done so, too. */
      adultsOnly?: boolean
      fileIds?: number[]
      /** When to publish the post, within a year. A time without an offset is in your time zone. */
      publishAt?: string | null
    }
  }, Post>
  /** Delete a post and its files. */
  'DELETE /api/posts/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** Bookmark a post. */
  'PUT /api/posts/{id}/bookmark': Call<{
    path: {
      id: number
    }
  }, Post>
  /** Remove a bookmark. */
  'DELETE /api/posts/{id}/bookmark': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** List the comments on a post, newest first. */
  'GET /api/posts/{id}/comments': Call<{
    path: {
      id: number
    }
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
      /** Lists only the answers to this comment. */
      parentId?: number
    }
  }, {
    items: Comment[]
    nextCursor: string | null
  }>
  /** Comment on a post, or answer a comment. */
  'POST /api/posts/{id}/comments': Call<{
    path: {
      id: number
    }
    body: {
      text: string
      /** The comment to answer. An answer to an answer joins the same thread. */
      parentId?: number | null
      /** For forms. Scripts send the `Idempotency-Key` header instead. */
      idempotencyKey?: string
    }
    /** A request repeated with the same key within a day is done once and gets the same answer. */
    idempotencyKey?: string
  }, Comment>
  /** Buy a post for someone else. It appears in their library. */
  'POST /api/posts/{id}/gifts': Call<{
    path: {
      id: number
    }
    body: {
      handle: string
      /** The price that the giver was shown. */
      price: number
      /** For forms. Scripts send the `Idempotency-Key` header instead. */
      idempotencyKey?: string
    }
    /** A request repeated with the same key within a day is done once and gets the same answer. */
    idempotencyKey?: string
  }, Gift>
  /** Like a post. */
  'PUT /api/posts/{id}/like': Call<{
    path: {
      id: number
    }
  }, Post>
  /** Unlike a post. */
  'DELETE /api/posts/{id}/like': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** List the people who liked a post. */
  'GET /api/posts/{id}/likes': Call<{
    path: {
      id: number
    }
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: User[]
    nextCursor: string | null
  }>
  /** Get a post with its address, and whether you said that it does not interest you. */
  'GET /api/posts/{id}/menu': Call<{
    path: {
      id: number
    }
  }, {
    url: string
    post: Post
    muted: boolean
  }>
  /** Pin one of your posts to the top of your profile. Three can be there. */
  'PUT /api/posts/{id}/pin': Call<{
    path: {
      id: number
    }
  }, Post>
  /** Unpin one of your posts. */
  'DELETE /api/posts/{id}/pin': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** Get the public key that browsers subscribe with. */
  'GET /api/push/key': Call<{}, {
    publicKey: string
  }>
  /** List your devices that get pushes. */
  'GET /api/push/subscriptions': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: PushSubscription[]
    nextCursor: string | null
  }>
  /** Subscribe a device to pushes. */
  'POST /api/push/subscriptions': Call<{
    body: {
      endpoint: string
      keys: {
        p256dh: string
        auth: string
      }
      /** A name for the device. By default the name of its browser. */
      name?: string
      /** The previous endpoint of this device. */
      replaces?: string
    }
  }, PushSubscription>
  /** Get one of your devices. */
  'GET /api/push/subscriptions/{id}': Call<{
    path: {
      id: number
    }
  }, PushSubscription>
  /** Rename a device. */
  'PATCH /api/push/subscriptions/{id}': Call<{
    path: {
      id: number
    }
    body: {
      name: string
    }
  }, PushSubscription>
  /** Unsubscribe a device from pushes. */
  'DELETE /api/push/subscriptions/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** Send a test push to your devices. Their `deliveries` show the result. */
  'POST /api/push/test': Call<{
    body?: {
      /** The device to test. By default all devices. */
      subscriptionId?: number
    }
  }, {
    items: PushSubscription[]
  }>
  /** Report a post, a comment or a member to the staff. Reporting the same thing again updates your report. */
  'POST /api/reports': Call<{
    body: {
      postId?: number
      commentId?: number
      handle?: string
      reason: string
    }
  }, Report>
  /** Get one of your reports and whether it is settled. */
  'GET /api/reports/{id}': Call<{
    path: {
      id: number
    }
  }, Report>
  /** Search captions, people and tags by parts of words, or Korean by first consonants. */
  'GET /api/search': Call<{
    query?: {
      /** The words to look for. Each has to be found. Exact words come first, then beginnings, then parts of words. */
      q?: string
      /** The lists to search, separated by commas: posts, users, tags. All of them by default. */
      in?: string
      /** The length of each list. */
      limit?: number
      /** The `nextCursor` of a list, when `in` names only that list. */
      cursor?: string
    }
  }, Found>
  /** List the devices you are signed in on. */
  'GET /api/sessions': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Session[]
    nextCursor: string | null
  }>
  /** Sign in. Pages get a cookie, and scripts get a token. With a second factor, 401 `code_required` asks for it. */
  'POST /api/sessions': Call<{
    body: {
      handle: string
      password: string
      /** The code of the second factor, or a recovery code, if the account has one. */
      code?: string
      /** Whether to keep an account that is being deleted. Without it, the answer is 401 `account_leaving`. */
      comeBack?: boolean
      next?: string
    }
  }, {
    token: string
    expiresAt: string
    user: Account
  }>
  /** Sign out of all other devices. */
  'DELETE /api/sessions': Call<{}, undefined>
  /** List the other accounts that are signed in in this browser. */
  'GET /api/sessions/accounts': Call<{}, {
    items: User[]
  }>
  /** Finish signing in with the code of the second factor, or with a recovery code. */
  'POST /api/sessions/codes': Call<{
    body: {
      /** The `ticket` of the answer `code_required`. */
      ticket: string
      code: string
      /** Whether to keep an account that is being deleted. Without it, the answer is 401 `account_leaving`. */
      comeBack?: boolean
      next?: string
    }
  }, {
    token: string
    expiresAt: string
    user: Account
  }>
  /** Go on as another account that is signed in in this browser. */
  'PUT /api/sessions/current': Call<{
    query?: {
      /** The handle of the account. */
      handle?: string
    }
  }, User>
  /** Sign in with a passkey, without a password or a code. */
  'POST /api/sessions/passkeys': Call<{
    body: {
      /** What `navigator.credentials` gave, as an object or as its text. */
      response: {
        id: string
        rawId: string
        type: 'public-key'
        response: {
          clientDataJSON: string
          authenticatorData: string
          signature: string
        }
      } | string
      /** Whether to keep an account that is being deleted. Without it, the answer is 401 `account_leaving`. */
      comeBack?: boolean
      next?: string
    }
  }, {
    token: string
    expiresAt: string
    user: Account
  }>
  /** Get what `navigator.credentials.get` needs to sign in with a passkey. */
  'POST /api/sessions/passkeys/options': Call<{}, {
    challenge: string
    rpId: string
  }>
  /** Confirm who you are with a passkey. For ten minutes, no call of this session needs your password. */
  'POST /api/sessions/passkeys/proofs': Call<{
    body: {
      /** What `navigator.credentials` gave, as an object or as its text. */
      response: {
        id: string
        rawId: string
        type: 'public-key'
        response: {
          clientDataJSON: string
          authenticatorData: string
          signature: string
        }
      } | string
    }
  }, undefined>
  /** Get what `navigator.credentials.get` needs to confirm who you are. */
  'POST /api/sessions/passkeys/proofs/options': Call<{}, {
    challenge: string
    rpId: string
  }>
  /** Sign out of a session; `current` is this one. */
  'DELETE /api/sessions/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** Create the first administrator. */
  'POST /api/setup': Call<{
    body: {
      handle: string
      password: string
      displayName?: string
      email?: string | null
      /** a time zone name, such as Asia/Seoul */
      timeZone?: string
      token: string
    }
  }, User>
  /** List the posts with a tag, newest first. */
  'GET /api/tags/{tag}': Call<{
    path: {
      tag: string
    }
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: Post[]
    nextCursor: string | null
  }>
  /** Get an Atom feed of a tag, in public communities. */
  'GET /api/tags/{tag}/feed.xml': Call<{
    path: {
      tag: string
    }
  }, Response>
  /** List your personal tokens. */
  'GET /api/tokens': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Token[]
    nextCursor: string | null
  }>
  /** Create a personal token for a script. The answer is the only one that shows it. */
  'POST /api/tokens': Call<{
    body: {
      name: string
      scopes: Array<'read' | 'write' | 'coins' | 'admin'>
      /** A time, or the last day in UTC. Without it the token does not expire. */
      expiresAt?: string
      /** Whether a new password ends the token. A reset of a forgotten password always does. */
      endsWithPassword?: boolean
      /** Not needed within ten minutes of using a passkey. */
      password?: string
    }
  }, NewToken>
  /** Revoke a personal token. */
  'DELETE /api/tokens/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** Find people to mention or follow. */
  'GET /api/users': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A part of a name or handle. Without it, the people to follow who have most followers. */
      near?: string
    }
  }, {
    items: User[]
    nextCursor: string | null
  }>
  /** Sign up. */
  'POST /api/users': Call<{
    body: {
      handle: string
      /** Needed unless there is a `passkey`. */
      password?: string
      /** The answer of a device to the options of `POST /users/passkeys/options`. */
      passkey?: {
        id: string
        rawId: string
        type: 'public-key'
        response: {
          clientDataJSON: string
          attestationObject: string
        }
      } | string
      displayName?: string
      email?: string | null
      invite?: string
      /** a time zone name, such as Asia/Seoul */
      timeZone?: string
      /** Whether the person agrees to the rules, terms and privacy statement, where the host wrote any. */
      agree?: boolean
    }
  }, {
    id: number
    handle: string
    displayName: string
    bio: string
    links: string[]
    avatarUrl: string | null
    followers: number
    following: number
    posts: number
    /** Whether only accepted followers see the posts. */
    private: boolean
    createdAt: string
    viewer: {
      self: boolean
      following: boolean
      /** Whether you asked to follow this private account and wait for an answer. */
      requested: boolean
      blocked: boolean
      muted: boolean
    }
    /** Whether the staff have to approve the person before they can sign in. */
    waiting: boolean
  }>
  /** Get your account. */
  'GET /api/users/account': Call<{}, Account>
  /** Replace your account. Omitted fields return to their defaults. */
  'PUT /api/users/account': Call<{
    body?: {
      displayName?: string
      bio?: string
      links?: string[]
      email?: string | null
      locale?: 'en' | 'ko' | null
      timeZone?: string | null
      private?: boolean
      avatarFileId?: number | null
    }
  }, Account>
  /** Change your account. Omitted fields stay as they are. */
  'PATCH /api/users/account': Call<{
    body?: {
      displayName?: string
      bio?: string
      links?: string[]
      email?: string | null
      locale?: 'en' | 'ko' | null
      timeZone?: string | null
      /** Whether only accepted followers see your posts. Turning it off accepts everyone who asked. */
      private?: boolean
      avatarFileId?: number | null
    }
  }, Account>
  /** Delete your account and everything in it. For some days you can come back by signing in. */
  'DELETE /api/users/account': Call<{
    body?: {
      /** Not needed within ten minutes of using a passkey. */
      password?: string
      /** Whether to give up remaining coins. With `false` the request fails while there are any. */
      forfeit?: boolean
      /** Whether to erase everything at once, without the days in which you could come back. */
      immediately?: boolean
    }
  }, undefined>
  /** Get whether you have confirmed your age. */
  'GET /api/users/account/age': Call<{}, Age>
  /** Confirm your age by your date of birth, to see posts for adults. */
  'PUT /api/users/account/age': Call<{
    body: {
      /** Your date of birth, which is not stored. */
      birthDate: string
    }
  }, Age>
  /** Take back that you confirmed your age. */
  'DELETE /api/users/account/age': Call<{}, undefined>
  /** Get the announcement of the host, which is shown at the top of every page. Strangers get one for everyone. */
  'GET /api/users/account/announcement': Call<{}, Announcement>
  /** Close the announcement in this browser, by a cookie, until the host changes its text. */
  'DELETE /api/users/account/announcement': Call<{
    query?: {
      /** The text that was read. If the host has changed it, nothing is closed. */
      mark?: string
    }
  }, undefined>
  /** Upload a new profile picture. */
  'PUT /api/users/account/avatar': Call<{
    body: {
      file: Blob
    }
  }, Account>
  /** Delete your profile picture. */
  'DELETE /api/users/account/avatar': Call<{}, undefined>
  /** List the zips with everything of yours, newest first. */
  'GET /api/users/account/exports': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Export[]
    nextCursor: string | null
  }>
  /** Collect everything of yours in one zip: originals, JSON and pages. You are notified when it is ready. */
  'POST /api/users/account/exports': Call<{}, Export>
  /** Get the state of an export. */
  'GET /api/users/account/exports/{id}': Call<{
    path: {
      id: number
    }
  }, Export>
  /** Download the zip. `Range` resumes a download. */
  'GET /api/users/account/exports/{id}/archive': Call<{
    path: {
      id: number
    }
  }, Response>
  /** List your passkeys. */
  'GET /api/users/account/passkeys': Call<{
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Passkey[]
    nextCursor: string | null
  }>
  /** Add a passkey with the answer of the device. */
  'POST /api/users/account/passkeys': Call<{
    body: {
      name?: string
      /** What `navigator.credentials` gave, as an object or as its text. */
      response: {
        id: string
        rawId: string
        type: 'public-key'
        response: {
          clientDataJSON: string
          attestationObject: string
        }
      } | string
    }
  }, Passkey>
  /** Get what `navigator.credentials.create` needs to make a passkey for you. */
  'POST /api/users/account/passkeys/options': Call<{
    body?: {
      /** Not needed within ten minutes of using a passkey. */
      password?: string
    }
  }, {
    challenge: string
    rp: {
      id: string
      name: string
    }
    user: {
      id: string
      name: string
      displayName: string
    }
  }>
  /** Rename a passkey. */
  'PATCH /api/users/account/passkeys/{id}': Call<{
    path: {
      id: number
    }
    body: {
      name: string
    }
  }, Passkey>
  /** Remove a passkey. */
  'DELETE /api/users/account/passkeys/{id}': Call<{
    path: {
      id: number
    }
  }, undefined>
  /** Change your password. All other sessions end. */
  'PUT /api/users/account/password': Call<{
    body: {
      /** Not needed within ten minutes of using a passkey. */
      current?: string
      password: string
    }
  }, undefined>
  /** Get the state of your second factor. */
  'GET /api/users/account/totp': Call<{}, SecondFactor>
  /** Start setting up an authenticator app. It counts after its first code; starting again replaces the secret. */
  'POST /api/users/account/totp': Call<{
    body?: {
      /** Not needed within ten minutes of using a passkey. */
      password?: string
    }
  }, {
    /** The secret in base 32, for typing into an authenticator app. */
    secret: string
    /** The same as an `otpauth:` address, for a QR code. */
    uri: string
  }>
  /** Turn the second factor on with the first code of the app. All other sessions end. */
  'PUT /api/users/account/totp': Call<{
    body: {
      code: string
    }
  }, {
    /** Codes that each replace the app once. They are shown only in this answer. */
    recoveryCodes: string[]
  }>
  /** Turn the second factor off. */
  'DELETE /api/users/account/totp': Call<{
    body: {
      /** Not needed within ten minutes of using a passkey. */
      password?: string
      code: string
    }
  }, undefined>
  /** Replace your recovery codes. */
  'POST /api/users/account/totp/recovery-codes': Call<{
    body: {
      /** Not needed within ten minutes of using a passkey. */
      password?: string
      code: string
    }
  }, {
    /** Codes that each replace the app once. They are shown only in this answer. */
    recoveryCodes: string[]
  }>
  /** Mail the link that confirms your email address again. */
  'POST /api/users/account/verifications': Call<{}, undefined>
  /** Get the welcome of the host, until you end it. */
  'GET /api/users/account/welcome': Call<{}, Welcome>
  /** End the welcome, which is then not shown again. */
  'DELETE /api/users/account/welcome': Call<{}, undefined>
  /** Get what `navigator.credentials.create` needs to sign up with a passkey. */
  'POST /api/users/passkeys/options': Call<{
    body: {
      handle: string
      displayName?: string
    }
  }, {
    challenge: string
    rp: {
      id: string
      name: string
    }
    user: {
      id: string
      name: string
      displayName: string
    }
  }>
  /** Set a new password with the token of a reset link. */
  'POST /api/users/resets': Call<{
    body: {
      token: string
      password: string
    }
  }, undefined>
  /** Mail a link for choosing a new password, if the account exists and its address is confirmed. */
  'POST /api/users/resets/requests': Call<{
    body: {
      account: string
    }
  }, undefined>
  /** Confirm an email address with the mailed token and the password. */
  'POST /api/users/verifications': Call<{
    body: {
      token: string
      password?: string
    }
  }, undefined>
  /** Get a profile. */
  'GET /api/users/{handle}': Call<{
    path: {
      handle: string
    }
  }, User>
  /** Get an Atom feed of somebody’s posts, in public communities. */
  'GET /api/users/{handle}/feed.xml': Call<{
    path: {
      handle: string
    }
  }, Response>
  /** List the pinned posts of a member. */
  'GET /api/users/{handle}/pins': Call<{
    path: {
      handle: string
    }
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
    }
  }, {
    items: Post[]
    nextCursor: string | null
  }>
  /** List the posts of a member, newest first. */
  'GET /api/users/{handle}/posts': Call<{
    path: {
      handle: string
    }
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: Post[]
    nextCursor: string | null
  }>
  /** Get the address of a profile. */
  'GET /api/users/{handle}/qr': Call<{
    path: {
      handle: string
    }
  }, {
    url: string
  }>
  /** List the followers of a member, or the people they follow. */
  'GET /api/users/{handle}/{list}': Call<{
    path: {
      list: 'followers' | 'following'
      handle: string
    }
    query?: {
      limit?: number
      /** The `nextCursor` of the page before. */
      cursor?: string
      /** A time or a day in UTC. What is older is left out, by the time that the list is ordered by. */
      since?: string
      /** A time or a day in UTC. The list begins before it. */
      until?: string
    }
  }, {
    items: User[]
    nextCursor: string | null
  }>
  /** Receive a payment event from a provider. Events may arrive more than once and in any order. */
  'POST /api/webhooks/{provider}': Call<{
    path: {
      provider: string
    }
  }, {
    received: true
  }>
}
