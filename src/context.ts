import type { LedgerReport } from '../shapes/ledger'
import type { Settings } from '../shapes/settings'
import type { Frame } from '../views/frame'
import type { Config } from './config'
import type { Store, Tx } from './db/open'
import type { Write } from './db/write'
import type { Format, Html } from './http/format'
import type { Limits } from './http/limits'
import type { Links } from './http/links'
import type { MediaUrls } from './http/media-url'
import type { Traffic } from './jobs/pace'
import type { Keys } from './keys'
import type { Arrivals } from './media/arrivals'
import type { Bucket } from './media/bucket'
import type { MediaWorker } from './media/client'
import type { Storage } from './media/storage'
import type { MakeBackup } from './ports/backups'
import type { Events } from './ports/events'
import type { HookTools } from './ports/hooks'
import type { UnreadPosts } from './ports/inbox'
import type { Mailer, UnsubscribeLinks } from './ports/mail'
import type { WrittenPages } from './ports/pages'
import type { Provider } from './ports/payments'
import type { Viewer } from './ports/people'
import type { PushTools } from './ports/push'
import type { Challenges, RefreshTokens, Revoked, SessionTokens, Tickets } from './ports/sessions'
import type { Judge } from './ports/words'
import type { Failure } from './problem'

/** Everything the program owns. `open-app.ts` makes it once and hands it down; tests make their own. */
export type App = Store & {
  config: Config
  settings: () => Settings
  pages: () => WrittenPages
  /** Looks for words of the host's list in a text. */
  judge: Judge
  now: () => Date
  limits: Limits
  revoked: Revoked
  sessionTokens: SessionTokens
  tickets: Tickets
  refreshTokens: RefreshTokens
  challenges: Challenges
  links: Links
  mediaUrls: MediaUrls
  /** The keys that prove to which browser a link for a guest belongs. The first one signs. */
  guestKeys: () => Keys
  /** The key under which vouchers are stored as hashes. */
  voucherKey: Uint8Array
  /** The key that encrypts the secrets of second factors, and under which recovery codes are stored as hashes. */
  factorKey: Uint8Array
  /** The key that encrypts the bank accounts of payouts. */
  payoutKey: Uint8Array
  /** The providers that take money for coins. Empty where coins are not sold through one. */
  payments: readonly Provider[]
  /** Checks the whole ledger in another process. */
  ledgerReport: () => Promise<LedgerReport>
  makeBackup: MakeBackup
  push: PushTools
  hookTools: HookTools
  storage: Storage
  arrivals: Arrivals
  /** The bucket that stores files. Null when they are stored in the data folder. */
  bucket: Bucket | null
  mediaWorker: MediaWorker
  /** Undefined where no mail server is set: mail is dropped, and pages do not offer any. */
  mailer: Mailer | undefined
  unsubscribeLinks: UnsubscribeLinks
  traffic: Traffic
  events: Events
  unreadPosts: UnreadPosts
}

type Variables = {
  app: App
  format: Format
  viewer: Viewer | null
  /** Routes write with this, never with `app.write`: it looks again whether the viewer may still act. */
  write: Write<Tx>
  /**
   * The moment at which this request began to read, as `mediaUrls.moment` gives it. After a write it is a new one, so
   * that the answer has links that work to what the request itself changed.
   */
  asOf: number
  /** The position of the event log when the request began, so that the page can ask for what happened since. */
  since: string
  /** Makes what stands around the content of a page: the navigation with its counts, the footer. */
  frame: () => Promise<Frame>
  /** Whether `c.header` was called. */
  headersSet?: boolean
  /** Renders the form again, with the mistakes in it, when the request fails. Only then it reads what it shows. */
  form?: (failure: Failure) => Html
}

/** The connection of a request, as the web server knows it. */
export type Connection = {
  address?: string | undefined
  /** Closes the connection after this many seconds of silence. A later call replaces an earlier one. */
  closeAfter?: (seconds: number) => void
}

export type Env = { Variables: Variables; Bindings: Connection }
