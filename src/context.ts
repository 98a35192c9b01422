import { join } from 'node:path'
import { pushWords } from '../views/push/message'
import { createLedgerReport, type LedgerReport } from './admin/audit/report'
import type { Provider } from './coins/checkouts/provider'
import { stripeCheckout } from './coins/checkouts/stripe'
import type { Config } from './config'
import { openStore, type Store } from './db/open'
import { createEvents, type Events } from './events/hub'
import type { Failure } from './http/errors'
import type { Format, Html } from './http/format'
import { createLimits, type Limits } from './http/limits'
import { createLinks, type Links } from './http/links'
import { createMediaUrls, type MediaUrls } from './http/media-url'
import { type Revoked, watchRevoked } from './http/revoked'
import type { Traffic } from './jobs/pace'
import { readKeyring, readKeys, readPushKeys } from './keys'
import { createMailer, type Mailer } from './mail/mailer'
import { createUnsubscribeLinks, type UnsubscribeLinks } from './mail/unsubscribe-links'
import { createMediaWorker, type MediaWorker } from './media/client'
import { mediaWorkerCommand } from './media/command'
import { diskStorage, type Storage } from './media/storage'
import type { PushTools } from './push/send'
import { contactOf, createVapid } from './push/vapid'
import type { Viewer } from './sessions/table'
import { createSessionTokens, type SessionTokens } from './sessions/token'
import type { Settings } from './settings/json'
import { watchSettings } from './settings/model'

/** What the program owns: made once in main.ts and handed down; tests make their own. */
export type App = Store & {
  config: Config
  settings: () => Settings
  now: () => Date
  limits: Limits
  revoked: Revoked
  sessionTokens: SessionTokens
  links: Links
  mediaUrls: MediaUrls
  /** Vouchers are stored as hashes under this key. */
  voucherKey: Uint8Array
  /** Who takes money for coins; undefined where nobody does. */
  payments: Provider | undefined
  /** The ledger, checked by another process. */
  ledgerReport: () => Promise<LedgerReport>
  push: PushTools
  storage: Storage
  mediaWorker: MediaWorker
  /** Undefined where no mail server is set: mail is dropped, and nobody is offered any. */
  mailer: Mailer | undefined
  unsubscribeLinks: UnsubscribeLinks
  traffic: Traffic
  events: Events
}

/** `form` is what to show again, with its mistakes, when the request fails. */
type Variables = { app: App; format: Format; viewer: Viewer | null; since: string; form?: (failure: Failure) => Html }
/** What the web server knows of a request: whose connection it is, and how to have it closed so long from now, unless said again. */
export type Connection = { address?: string | undefined; closeAfter?: (seconds: number) => void }
export type Env = { Variables: Variables; Bindings: Connection }

export async function openApp(
  config: Config,
  now = () => new Date(),
  store = openStore(join(config.dataDir, 'pinhole.sqlite')),
): Promise<App> {
  const keys = readKeyring(config.dataDir, now)
  const settings = await watchSettings(store, config)
  const revoked = await watchRevoked(store, now)
  const events = createEvents(store, now)
  return {
    ...store,
    close() {
      events.close()
      store.close()
    },
    events,
    config,
    settings,
    now,
    limits: createLimits(settings, config.rateLimits),
    revoked,
    sessionTokens: createSessionTokens(() => keys('session'), now),
    links: createLinks(keys, now),
    mediaUrls: createMediaUrls(() => keys('media'), revoked, now),
    voucherKey: readKeys(config.dataDir)('voucher'),
    payments: config.stripe && stripeCheckout(config.stripe),
    ledgerReport: createLedgerReport(config.dataDir, now),
    push: pushTools(config),
    storage: diskStorage(join(config.dataDir, 'media')),
    traffic: { askedAt: Number.NEGATIVE_INFINITY },
    mediaWorker: createMediaWorker({
      command: mediaWorkerCommand(),
      nativeDir: join(config.dataDir, 'native'),
      ffmpeg: config.ffmpeg,
    }),
    mailer: config.smtp && createMailer(config.smtp),
    unsubscribeLinks: createUnsubscribeLinks(readKeys(config.dataDir)('unsubscribe')),
  }
}

function pushTools({ dataDir, url, pushAllowPrivate: allowPrivate }: Config): PushTools {
  const keys = readPushKeys(dataDir)
  const topicKey = readKeys(dataDir)('push')
  return {
    publicKey: keys.publicKey,
    vapid: createVapid(keys, contactOf(url)),
    topicKey,
    allowPrivate,
    words: pushWords,
  }
}
