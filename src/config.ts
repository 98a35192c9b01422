import { accessSync, constants } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import {
  accessSchema,
  coinsSchema,
  localeSchema,
  maxUploadSchema,
  minFreeSchema,
  quotaSchema,
  registrationSchema,
  type Settings,
} from '../shapes/settings'
import { timeZoneField } from '../shapes/time-zone'
import { type BackupPlace, KEEP_FORM, type Keep, PLACE_FORM, parseKeep, parsePlace } from './backup-place'
import type { Ffmpeg } from './media/ffmpeg/engine'
import { chosenFfmpeg, installedFfmpeg } from './media/ffmpeg/find'
import { nearest } from './nearest'
import { toTrust } from './proxies'
import { parseS3, S3_FORM, type S3Address } from './s3-address'
import { parseSmtp, SMTP_FORM, type Smtp } from './smtp'

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
  tls: { certPath: string; keyPath: string } | undefined
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
  rateLimits: boolean
  /** Posts of authors with at least this many followers are merged when an inbox is read, not copied into each one. */
  crowd: number
  /** Allows push services on private addresses and over plain http, for testing. */
  pushAllowPrivate: boolean
  log: 'text' | 'json'
  /** Where users of this server find its source code, as the licence requires. */
  sourceUrl: string
  /** Stripe, which sells coins. Without `webhookSecret`, payments are noticed only by polling. */
  stripe: { secretKey: string; webhookSecret: string | undefined; api: string | undefined } | undefined
  /** Toss Payments, which sells coins to people in Korea. `api` is given for trials only. */
  toss: { clientKey: string; secretKey: string; api: string | undefined } | undefined
  fixed: Fixed
}>

const PROXY = '1 (this machine), or a comma-separated list of addresses and networks like 10.0.0.0/8'

const FFMPEG = '"embedded", or the path of an ffmpeg that this user can run and that has ffprobe beside it'

const TRIAL_API = 'an address like http://127.0.0.1:12111, without a path; plain http works only on this machine'

const DATABASE_URL = 'an address like postgres://USER:PASSWORD@HOST:5432/DATABASE'

const MOST_CACHE_MB = 10_000_000

// Each description completes the sentence "… is not …".
const shape = {
  PINHOLE_PORT: whole(z.int().min(0).max(65535).describe('a port from 0 to 65535')),
  PINHOLE_HOST: z.string().regex(/^\S+$/).describe('an address to listen on'),
  PINHOLE_DATA: z.string().describe('a folder'),
  PINHOLE_DATABASE_URL: z.string().refine(isPostgresUrl).describe(DATABASE_URL),
  PINHOLE_SECRET: z.string().min(32).describe('a secret of at least 32 characters'),
  PINHOLE_URL: z
    .string()
    .transform(toOrigin)
    .pipe(z.string())
    .describe('an address like https://photos.example.org, without a path'),
  PINHOLE_TRUST_PROXY: z
    .string()
    .transform(toTrust)
    .pipe(z.custom<(address: string) => boolean>(Boolean))
    .describe(PROXY),
  PINHOLE_TLS_CERT: z.string().refine(isReadable).describe('a certificate file (PEM) that this user can read'),
  PINHOLE_TLS_KEY: z.string().refine(isReadable).describe('a key file (PEM) that this user can read'),
  PINHOLE_LOCALE: localeSchema,
  PINHOLE_TIME_ZONE: timeZoneField,
  PINHOLE_ACCESS: accessSchema,
  PINHOLE_REGISTRATION: registrationSchema,
  PINHOLE_COINS: coinsSchema,
  PINHOLE_MAX_UPLOAD_MB: whole(maxUploadSchema),
  PINHOLE_QUOTA_MB: whole(quotaSchema),
  PINHOLE_MIN_FREE_MB: whole(minFreeSchema),
  PINHOLE_FFMPEG: z.string().transform(chosenFfmpeg).pipe(z.custom<Ffmpeg>(Boolean)).describe(FFMPEG),
  PINHOLE_SMTP_URL: z.string().transform(parseSmtp).pipe(z.custom<Smtp>(Boolean)).describe(SMTP_FORM),
  PINHOLE_S3_URL: z.string().transform(parseS3).pipe(z.custom<S3Address>(Boolean)).describe(S3_FORM),
  PINHOLE_S3_CACHE_MB: whole(
    z.int().min(0).max(MOST_CACHE_MB).describe(`a number of megabytes from 0 to ${MOST_CACHE_MB}`),
  ),
  PINHOLE_BACKUP: z.string().transform(parsePlace).pipe(z.custom<BackupPlace>(Boolean)).describe(PLACE_FORM),
  PINHOLE_BACKUP_KEEP: z.string().transform(parseKeep).pipe(z.custom<Keep>(Boolean)).describe(KEEP_FORM),
  PINHOLE_BACKUP_PASSPHRASE: z.string().min(12).describe('a passphrase of at least 12 characters'),
  PINHOLE_RATE_LIMITS: z.enum(['on', 'off']).describe('on or off'),
  PINHOLE_CROWD: whole(z.int().min(1).describe('a number of followers')),
  PINHOLE_PUSH_ALLOW_PRIVATE: z.enum(['0', '1']).describe('1 (for testing) or 0'),
  PINHOLE_LOG: z.enum(['text', 'json']).describe('text or json'),
  PINHOLE_STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(?!pk_)[!-~]+$/)
    .describe('a secret key of Stripe, like sk_live_…'),
  PINHOLE_STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^[!-~]+$/)
    .describe('the signing secret of a webhook, like whsec_…'),
  PINHOLE_STRIPE_API: z.string().transform(toTrialApi).pipe(z.string()).describe(TRIAL_API),
  PINHOLE_TOSS_CLIENT_KEY: z
    .string()
    .regex(/^(?!(test|live)_g?sk_)[!-~]+$/)
    .describe('a client key of Toss Payments, like live_ck_…'),
  PINHOLE_TOSS_SECRET_KEY: z
    .string()
    .regex(/^(?!(test|live)_g?ck_)[!-~]+$/)
    .describe('a secret key of Toss Payments, like live_sk_…'),
  PINHOLE_TOSS_API: z.string().transform(toTrialApi).pipe(z.string()).describe(TRIAL_API),
  PINHOLE_SOURCE_URL: z.url({ protocol: /^https?$/ }).describe('a web address'),
}

type Shape = typeof shape
type Name = keyof Shape

/** Copying a post into this many inboxes takes the server about a second. */
const CROWD = 100_000
const CACHE_MB = 1024
const KEEP: Keep = { days: 7, weeks: 4, months: 6, years: 0 }
const PREFIX = 'PINHOLE_'
const NAMES = Object.keys(shape) as Name[]

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
  const mistakes = unknownNames(env)
  const read = <N extends Name>(name: N): z.infer<Shape[N]> | undefined => {
    const flag = name.replace(PREFIX, '').toLowerCase()
    const value = flags[flag] || env[name]
    if (!value) return undefined
    const result = shape[name].safeParse(value)
    if (result.success) return result.data as z.infer<Shape[N]>
    const shown = isSecret(name) ? 'The value' : `"${value}"`
    mistakes.push(`${flags[flag] ? `--${flag}` : name}: ${shown} is not ${shape[name].description}.`)
    return undefined
  }

  const certPath = read('PINHOLE_TLS_CERT')
  const keyPath = read('PINHOLE_TLS_KEY')
  if (env.PINHOLE_TLS_CERT && !env.PINHOLE_TLS_KEY)
    mistakes.push('PINHOLE_TLS_KEY: the key of PINHOLE_TLS_CERT is missing.')
  if (env.PINHOLE_TLS_KEY && !env.PINHOLE_TLS_CERT)
    mistakes.push('PINHOLE_TLS_CERT: the certificate of PINHOLE_TLS_KEY is missing.')
  const secretKey = read('PINHOLE_STRIPE_SECRET_KEY')
  const webhookSecret = read('PINHOLE_STRIPE_WEBHOOK_SECRET')
  const api = read('PINHOLE_STRIPE_API')
  if (env.PINHOLE_STRIPE_WEBHOOK_SECRET && !env.PINHOLE_STRIPE_SECRET_KEY)
    mistakes.push('PINHOLE_STRIPE_SECRET_KEY: the key that goes with PINHOLE_STRIPE_WEBHOOK_SECRET is missing.')
  const toss = { clientKey: read('PINHOLE_TOSS_CLIENT_KEY'), secretKey: read('PINHOLE_TOSS_SECRET_KEY') }
  const tossApi = read('PINHOLE_TOSS_API')
  if (env.PINHOLE_TOSS_CLIENT_KEY && !env.PINHOLE_TOSS_SECRET_KEY)
    mistakes.push('PINHOLE_TOSS_SECRET_KEY: the key that goes with PINHOLE_TOSS_CLIENT_KEY is missing.')
  if (env.PINHOLE_TOSS_SECRET_KEY && !env.PINHOLE_TOSS_CLIENT_KEY)
    mistakes.push('PINHOLE_TOSS_CLIENT_KEY: the key that goes with PINHOLE_TOSS_SECRET_KEY is missing.')
  if (env.PINHOLE_DATABASE_URL && !env.PINHOLE_SECRET)
    mistakes.push(
      'PINHOLE_SECRET: it is missing. With PINHOLE_DATABASE_URL, it encrypts the keys that the servers share: choose at ' +
        'least 32 characters, the same on each server, for example with: openssl rand -base64 33',
    )
  const config: Config = {
    port: read('PINHOLE_PORT') ?? 7777,
    host: read('PINHOLE_HOST') ?? '0.0.0.0',
    dataDir: dataDirOf(flags, env),
    databaseUrl: read('PINHOLE_DATABASE_URL'),
    secret: read('PINHOLE_SECRET'),
    url: read('PINHOLE_URL'),
    trustsProxy: read('PINHOLE_TRUST_PROXY') ?? (() => false),
    tls: certPath && keyPath ? { certPath, keyPath } : undefined,
    ffmpeg: read('PINHOLE_FFMPEG') ?? installedFfmpeg(env.PATH ?? ''),
    smtp: read('PINHOLE_SMTP_URL'),
    s3: read('PINHOLE_S3_URL'),
    s3CacheMb: read('PINHOLE_S3_CACHE_MB') ?? CACHE_MB,
    backup: read('PINHOLE_BACKUP'),
    backupKeep: read('PINHOLE_BACKUP_KEEP') ?? KEEP,
    backupPassphrase: read('PINHOLE_BACKUP_PASSPHRASE'),
    rateLimits: read('PINHOLE_RATE_LIMITS') !== 'off',
    crowd: read('PINHOLE_CROWD') ?? CROWD,
    pushAllowPrivate: read('PINHOLE_PUSH_ALLOW_PRIVATE') === '1',
    log: read('PINHOLE_LOG') ?? 'text',
    sourceUrl: read('PINHOLE_SOURCE_URL') ?? '/source',
    stripe: secretKey ? { secretKey, webhookSecret, api } : undefined,
    toss:
      toss.clientKey && toss.secretKey
        ? { clientKey: toss.clientKey, secretKey: toss.secretKey, api: tossApi }
        : undefined,
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

const given = (values: { [K in keyof Fixed]: Fixed[K] | undefined }) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Fixed

function whole(number: z.ZodInt) {
  const digits = z.string().regex(/^\d{1,15}$/)
  return digits.transform(Number).pipe(number).describe(number.description!)
}

function toOrigin(text: string): string | undefined {
  const url = URL.parse(text)
  return url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/` ? url.origin : undefined
}

function isPostgresUrl(text: string): boolean {
  const { protocol, pathname = '' } = URL.parse(text) ?? {}
  return /^postgres(ql)?:$/.test(protocol ?? '') && pathname.length > 1
}

/** The secret key is sent to this address, so it must be https unless it is on this machine. */
function toTrialApi(text: string): string | undefined {
  const origin = toOrigin(text)
  return origin && /^(https:|http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|$))/.test(origin) ? origin : undefined
}

/** The value of a secret setting must not appear in error messages, which other people may read. */
const isSecret = (name: Name) => /_SECRET(_|$)|_(SMTP|DATABASE|S3)_URL$|_BACKUP$|_PASSPHRASE$/.test(name)

const isInside = (place: BackupPlace | undefined, dir: string) =>
  place !== undefined && 'folder' in place && `${place.folder}/`.startsWith(`${dir}/`)

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}
