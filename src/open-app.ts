import { join } from 'node:path'
import { pushWords } from '../views/push/message'
import { createTranslate } from '../views/words'
import { createBackups } from './backups/run'
import { stripeCheckout } from './coins/checkouts/stripe'
import { tossPayments } from './coins/checkouts/toss/provider'
import { createLedgerReport } from './coins/report'
import type { Config } from './config'
import type { App } from './context'
import { openDatabase } from './db/database'
import type { Store } from './db/open'
import { createEvents } from './events/hub'
import { createLimits } from './http/limits'
import { createLinks } from './http/links'
import { createMediaUrls } from './http/media-url'
import { createUnreadPosts } from './inbox/unread'
import { readKeyring, readKeys, readPushKeys } from './keys'
import { createMailer } from './mail/mailer'
import { createUnsubscribeLinks } from './mail/unsubscribe-links'
import { photosAtOnce } from './media/capacity'
import { createMediaWorker } from './media/client'
import { mediaWorkerCommand } from './media/command'
import { memoryCacheOf } from './media/deliver'
import { openStorage } from './media/open-storage'
import { ownFolder } from './owner'
import { watchPages } from './pages/model'
import type { Provider } from './ports/payments'
import type { PushTools } from './ports/push'
import { contactOf, createVapid } from './push/vapid'
import { watchRevoked } from './revoked'
import { createChallenges } from './sessions/challenge'
import { createRefreshTokens } from './sessions/refresh-token'
import { createTickets } from './sessions/ticket'
import { createSessionTokens } from './sessions/token'
import { watchSettings } from './settings/model'
import { shareSecrets } from './shared-keys'
import { watchWords } from './words/model'

/** Opens the data folder and makes everything that the program owns. */
export async function openApp(config: Config, now = () => new Date(), opened?: Store): Promise<App> {
  const store = opened ?? (await openDatabase(config))
  await shareSecrets(config)
  const keys = readKeyring(config.dataDir, now)
  const keyFor = readKeys(config.dataDir)
  const settings = await watchSettings(store, config)
  const pages = await watchPages(store)
  const judge = await watchWords(store)
  const events = createEvents(store, now)
  const { close: closeStorage, forget, ...stores } = openStorage(config, { cached: true })
  const revoked = await watchRevoked(store, now, async (fileIds) => {
    memoryCacheOf(stores.storage).forget(fileIds)
    await forget(fileIds)
  })
  return {
    ...store,
    close() {
      events.close()
      closeStorage()
      store.close()
    },
    events,
    unreadPosts: createUnreadPosts(store),
    config,
    settings,
    pages,
    judge,
    now,
    limits: createLimits(store, settings, config.rateLimits),
    revoked,
    sessionTokens: createSessionTokens(() => keys('session'), now),
    challenges: createChallenges(() => keys('challenge'), now),
    refreshTokens: createRefreshTokens(() => keys('refresh'), now),
    tickets: createTickets(() => keys('ticket'), now),
    links: createLinks(keys, now),
    mediaUrls: createMediaUrls(() => keys('media'), revoked, now),
    guestKeys: () => keys('look'),
    voucherKey: keyFor('voucher'),
    factorKey: keyFor('factor'),
    payoutKey: keyFor('payout'),
    payments: paymentsOf(config),
    ledgerReport: createLedgerReport(config, now),
    makeBackup: createBackups(config.dataDir),
    push: pushTools(config, keyFor('push')),
    hookTools: { key: keyFor('hook'), translate: createTranslate },
    ...stores,
    traffic: { askedAt: Number.NEGATIVE_INFINITY },
    mediaWorker: createMediaWorker({
      command: mediaWorkerCommand(),
      nativeDir: ownFolder(join(config.dataDir, 'native')),
      workersDir: join(config.dataDir, 'workers'),
      ffmpeg: config.ffmpeg,
      photosAtOnce: photosAtOnce(),
    }),
    mailer: config.smtp && createMailer(config.smtp),
    unsubscribeLinks: createUnsubscribeLinks(keyFor('unsubscribe')),
  }
}

const paymentsOf = ({ stripe, toss }: Config): Provider[] => [
  ...(stripe ? [stripeCheckout(stripe)] : []),
  ...(toss ? [tossPayments(toss)] : []),
]

function pushTools({ dataDir, url, pushAllowPrivate: allowPrivate }: Config, topicKey: Uint8Array): PushTools {
  const keys = readPushKeys(dataDir)
  return {
    publicKey: keys.publicKey,
    vapid: createVapid(keys, contactOf(url)),
    topicKey,
    allowPrivate,
    words: pushWords,
  }
}
