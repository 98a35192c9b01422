import { resolve } from 'node:path'
import type { z } from 'zod'
import type { Settings } from '../shapes/settings'
import type { BackupPlace, Keep } from './backup-place'
import { schemas } from './config-schema'
import { given } from './given'
import type { Ffmpeg } from './media/ffmpeg/engine'
import { installedFfmpeg } from './media/ffmpeg/find'
import { nearest } from './nearest'
import type { S3Address } from './s3-address'
import type { Smtp } from './smtp'
import { type Authority, pairPathsIn } from './tls/order'
import type { PairPaths } from './tls/pair'

/** Settings that flags and environment variables can fix, so that staff cannot change them. */
export type Fixed = Partial<
  Pick<Settings, 'locale' | 'timeZone' | 'access' | 'registration' | 'coins' | 'maxUploadMb' | 'quotaMb' | 'minFreeMb'>
>

export type Config = Readonly<{
  port: number
  host: string
  /** An absolute path. */
  dataDir: string
  /** The PostgreSQL database that holds the rows. Undefined keeps them in the data folder, in SQLite. */
  databaseUrl: string | undefined
  /** Encrypts what the servers on one PostgreSQL database share. */
  secret: string | undefined
  /** The public address without a trailing slash, as browsers send it in `Origin`. */
  url: string | undefined
  /** Returns whether to believe `X-Forwarded-For` and `X-Forwarded-Proto` from this address. */
  trustsProxy: (address: string) => boolean
  /** The certificate of the server. Without it, the server speaks http. */
  tls: PairPaths | undefined
  /** Where the certificate comes from, if the server gets it itself. */
  acme: Authority | undefined
  /** The port at which plain http leads to https. */
  httpPort: number | undefined
  /** The program that processes videos. */
  ffmpeg: Ffmpeg
  /** When this is undefined, no mail is sent. */
  smtp: Smtp | undefined
  /** The bucket that stores photos and videos. Without it, they are stored in the data folder. */
  s3: S3Address | undefined
  /** How many megabytes of renditions from the bucket are kept on this machine. */
  s3CacheMb: number
  /** Where the nightly backups go. Without it, there are none. */
  backup: BackupPlace | undefined
  backupKeep: Keep
  /** Encrypts backups in a folder or bucket. */
  backupPassphrase: string | undefined
  /** A program that sends this token may read the metrics from anywhere. */
  metricsToken: string | undefined
  rateLimits: boolean
  /** Videos of at least this length, or that are as large as such ones usually are, get several qualities. 0 is never. */
  adaptiveSeconds: number
  /** Posts of authors with at least this many followers are merged when an inbox is read, not copied into each one. */
  crowd: number
  /** Allows push services on private addresses and over plain http, for testing. */
  pushAllowPrivate: boolean
  log: 'text' | 'json'
  /** Whether every request is logged. */
  accessLog: boolean
  /** Where users of this server find its source code, as the licence requires. */
  sourceUrl: string
  /** Stripe, which sells coins. Without `webhookSecret`, payments are noticed only by polling. */
  stripe: { secretKey: string; webhookSecret: string | undefined; api: string | undefined } | undefined
  /** Toss Payments, which sells coins to people in Korea. `api` is given for trials only. */
  toss: { clientKey: string; secretKey: string; api: string | undefined } | undefined
  fixed: Fixed
}>

type Schemas = typeof schemas
type Name = keyof Schemas
type Value<N extends Name> = z.infer<ReturnType<Schemas[N]>>

/** Copying a post into this many inboxes takes the server about a second. */
const CROWD = 100_000
const CACHE_MB = 1024
const ADAPTIVE_SECONDS = 60
const LETS_ENCRYPT = 'https://acme-v02.api.letsencrypt.org/directory'
const KEEP: Keep = { days: 7, weeks: 4, months: 6, years: 0 }
const PREFIX = 'PINHOLE_'
const NAMES = Object.keys(schemas) as Name[]

type Given = Record<string, string | undefined>

/** Lists all invalid settings. The message can be shown to the user as it is. */
export class ConfigError extends Error {
  constructor(readonly mistakes: string[]) {
    const summary = mistakes.length === 1 ? 'A setting is wrong' : `${mistakes.length} settings are wrong`
    super(`${summary}:\n${mistakes.map((each) => `  ${each}`).join('\n')}`)
  }
}

/** The absolute path of the data folder. */
export const dataDirOf = (flags: Given, env: Given): string => resolve(flags.data || env.PINHOLE_DATA || 'data')

/**
 * The only reader of the environment. Flags take precedence (`port` is `PINHOLE_PORT`), and an empty value counts as
 * not set.
 */
export function readConfig(flags: Given, env: Given): Config {
  const mistakes = [...unknownNames(env), ...missingCompanions(env)]
  const read = createRead(flags, env, mistakes)
  const dataDir = dataDirOf(flags, env)
  const { url, tls, acme, httpPort } = readAddress(read, dataDir, mistakes)
  const config: Config = {
    port: read('PINHOLE_PORT') ?? (acme ? Number(new URL(url!).port || 443) : 7777),
    host: read('PINHOLE_HOST') ?? '0.0.0.0',
    dataDir,
    databaseUrl: read('PINHOLE_DATABASE_URL'),
    secret: read('PINHOLE_SECRET'),
    url,
    trustsProxy: read('PINHOLE_TRUST_PROXY') ?? (() => false),
    tls,
    acme,
    httpPort,
    ffmpeg: read('PINHOLE_FFMPEG') ?? installedFfmpeg(env.PATH ?? ''),
    smtp: read('PINHOLE_SMTP_URL'),
    s3: read('PINHOLE_S3_URL'),
    s3CacheMb: read('PINHOLE_S3_CACHE_MB') ?? CACHE_MB,
    backup: read('PINHOLE_BACKUP'),
    backupKeep: read('PINHOLE_BACKUP_KEEP') ?? KEEP,
    backupPassphrase: read('PINHOLE_BACKUP_PASSPHRASE'),
    metricsToken: read('PINHOLE_METRICS_TOKEN'),
    rateLimits: read('PINHOLE_RATE_LIMITS') !== 'off',
    adaptiveSeconds: read('PINHOLE_ADAPTIVE_SECONDS') ?? ADAPTIVE_SECONDS,
    crowd: read('PINHOLE_CROWD') ?? CROWD,
    pushAllowPrivate: read('PINHOLE_PUSH_ALLOW_PRIVATE') === '1',
    log: read('PINHOLE_LOG') ?? 'text',
    accessLog: read('PINHOLE_ACCESS_LOG') === 'on',
    sourceUrl: read('PINHOLE_SOURCE_URL') ?? '/source',
    stripe: readStripe(read),
    toss: readToss(read),
    fixed: given({
      locale: read('PINHOLE_LOCALE'),
      timeZone: read('PINHOLE_TIME_ZONE'),
      access: read('PINHOLE_ACCESS'),
      registration: read('PINHOLE_REGISTRATION'),
      coins: read('PINHOLE_COINS'),
      maxUploadMb: read('PINHOLE_MAX_UPLOAD_MB'),
      quotaMb: read('PINHOLE_QUOTA_MB'),
      minFreeMb: read('PINHOLE_MIN_FREE_MB'),
    }),
  }
  if (isInside(config.backup, config.dataDir))
    mistakes.push('PINHOLE_BACKUP: the folder is inside of the data folder, with which it would be lost.')
  if (mistakes.length) throw new ConfigError(mistakes)
  return config
}

type Read = <N extends Name>(name: N) => Value<N> | undefined

/** Creates the function that reads one setting. It adds to the mistakes what it cannot read. */
const createRead =
  (flags: Given, env: Given, mistakes: string[]): Read =>
  (name) => {
    const flag = name.replace(PREFIX, '').toLowerCase()
    const value = flags[flag] || env[name]
    if (!value) return undefined
    const schema = schemas[name]()
    const result = schema.safeParse(value)
    if (result.success) return result.data as Value<typeof name>
    const shown = isSecret(name) ? 'The value' : `"${value}"`
    mistakes.push(`${flags[flag] ? `--${flag}` : name}: ${shown} is not ${schema.description}.`)
    return undefined
  }

/** Reads at which address people open this server, and where its certificate comes from. */
function readAddress(
  read: Read,
  dataDir: string,
  mistakes: string[],
): Pick<Config, 'url' | 'tls' | 'acme' | 'httpPort'> {
  const certPath = read('PINHOLE_TLS_CERT')
  const keyPath = read('PINHOLE_TLS_KEY')
  const url = read('PINHOLE_URL')
  const isAuto = read('PINHOLE_TLS') !== undefined
  const httpPort = read('PINHOLE_HTTP_PORT') ?? (isAuto ? 80 : undefined)
  const secureHost = url?.startsWith('https:') ? new URL(url).hostname : undefined
  if (isAuto && !secureHost)
    mistakes.push('PINHOLE_URL: --tls auto needs the public address, like https://photos.example.org.')
  if (isAuto && certPath) mistakes.push('PINHOLE_TLS_CERT: choose this certificate or --tls auto, not both.')
  if (httpPort !== undefined && !(secureHost && (isAuto || certPath)))
    mistakes.push(
      'PINHOLE_HTTP_PORT: http can lead to https only with a certificate and an https address in PINHOLE_URL.',
    )
  const authority = { directoryUrl: read('PINHOLE_ACME_URL') ?? LETS_ENCRYPT, email: read('PINHOLE_ACME_EMAIL') }
  const acme = isAuto && secureHost ? { host: secureHost, ...authority } : undefined
  const given = certPath && keyPath ? { certPath, keyPath } : undefined
  return { url, tls: acme ? pairPathsIn(dataDir, acme.host) : given, acme, httpPort }
}

function readStripe(read: Read): Config['stripe'] {
  const secretKey = read('PINHOLE_STRIPE_SECRET_KEY')
  const [webhookSecret, api] = [read('PINHOLE_STRIPE_WEBHOOK_SECRET'), read('PINHOLE_STRIPE_API')]
  return secretKey ? { secretKey, webhookSecret, api } : undefined
}

function readToss(read: Read): Config['toss'] {
  const [clientKey, secretKey] = [read('PINHOLE_TOSS_CLIENT_KEY'), read('PINHOLE_TOSS_SECRET_KEY')]
  const api = read('PINHOLE_TOSS_API')
  return clientKey && secretKey ? { clientKey, secretKey, api } : undefined
}

/** Settings that need another one, and what is said when that is missing. */
const COMPANIONS: [name: Name, needed: Name, message: string][] = [
  ['PINHOLE_TLS_CERT', 'PINHOLE_TLS_KEY', 'the key of PINHOLE_TLS_CERT is missing.'],
  ['PINHOLE_TLS_KEY', 'PINHOLE_TLS_CERT', 'the certificate of PINHOLE_TLS_KEY is missing.'],
  [
    'PINHOLE_STRIPE_WEBHOOK_SECRET',
    'PINHOLE_STRIPE_SECRET_KEY',
    'the key that goes with PINHOLE_STRIPE_WEBHOOK_SECRET is missing.',
  ],
  ['PINHOLE_TOSS_CLIENT_KEY', 'PINHOLE_TOSS_SECRET_KEY', 'the key that goes with PINHOLE_TOSS_CLIENT_KEY is missing.'],
  ['PINHOLE_TOSS_SECRET_KEY', 'PINHOLE_TOSS_CLIENT_KEY', 'the key that goes with PINHOLE_TOSS_SECRET_KEY is missing.'],
  [
    'PINHOLE_DATABASE_URL',
    'PINHOLE_SECRET',
    'it is missing. With PINHOLE_DATABASE_URL, it encrypts the keys that the servers share: choose at least 32 ' +
      'characters, the same on each server, for example with: openssl rand -base64 33',
  ],
]

const missingCompanions = (env: Given): string[] =>
  COMPANIONS.flatMap(([name, needed, message]) => (env[name] && !env[needed] ? [`${needed}: ${message}`] : []))

function unknownNames(env: Given): string[] {
  const known = NAMES.map((name) => name.replace(PREFIX, ''))
  const unknown = Object.keys(env).filter(
    (name) => name.startsWith(PREFIX) && env[name] && !known.includes(name.replace(PREFIX, '')),
  )
  return unknown.map((name) => {
    const meant = nearest(name.replace(PREFIX, ''), known)
    return `${name}: there is no such setting.${meant ? ` Did you mean ${PREFIX}${meant}?` : ''}`
  })
}

/** The value of a secret setting must not appear in error messages, which other people may read. */
const isSecret = (name: Name) => /_SECRET(_|$)|_(SMTP|DATABASE|S3)_URL$|_BACKUP$|_PASSPHRASE$|_TOKEN$/.test(name)

const isInside = (place: BackupPlace | undefined, dir: string) =>
  place !== undefined && 'folder' in place && `${place.folder}/`.startsWith(`${dir}/`)
