import { accessSync, constants } from 'node:fs'
import { z } from 'zod'
import {
  accessSchema,
  coinsSchema,
  localeSchema,
  maxUploadSchema,
  minFreeSchema,
  quotaSchema,
  registrationSchema,
} from '../shapes/settings'
import { timeZoneField } from '../shapes/time-zone'
import { type BackupPlace, KEEP_FORM, type Keep, PLACE_FORM, parseKeep, parsePlace } from './backup-place'
import type { Ffmpeg } from './media/ffmpeg/engine'
import { chosenFfmpeg } from './media/ffmpeg/find'
import { toTrust } from './proxies'
import { parseS3, S3_FORM, type S3Address } from './s3-address'
import { parseSmtp, SMTP_FORM, type Smtp } from './smtp'

const PROXY = '1 (this machine), or a comma-separated list of addresses and networks like 10.0.0.0/8'

const FFMPEG = '"embedded", or the path of an ffmpeg that this user can run and that has ffprobe beside it'

const TRIAL_API = 'an address like http://127.0.0.1:12111, without a path; plain http works only on this machine'

const DATABASE_URL = 'an address like postgres://USER:PASSWORD@HOST:5432/DATABASE'

const DIRECTORY = 'the address of an ACME directory: https, or http on this machine'

const MOST_CACHE_MB = 10_000_000

/**
 * Every setting that a variable can make, with a function that makes its schema, since most are left to their defaults.
 * Each description completes the sentence "… is not …".
 */
export const schemas = {
  PINHOLE_PORT: () => whole(z.int().min(0).max(65535).describe('a port from 0 to 65535')),
  PINHOLE_HOST: () => z.string().regex(/^\S+$/).describe('an address to listen on'),
  PINHOLE_DATA: () => z.string().describe('a folder'),
  PINHOLE_DATABASE_URL: () => z.string().refine(isPostgresUrl).describe(DATABASE_URL),
  PINHOLE_SECRET: () => z.string().min(32).describe('a secret of at least 32 characters'),
  PINHOLE_URL: () =>
    z
      .string()
      .transform(toOrigin)
      .pipe(z.string())
      .describe('an address like https://photos.example.org, without a path'),
  PINHOLE_TRUST_PROXY: () =>
    z.string().transform(toTrust).pipe(z.custom<(address: string) => boolean>(Boolean)).describe(PROXY),
  PINHOLE_TLS_CERT: () => z.string().refine(isReadable).describe('a certificate file (PEM) that this user can read'),
  PINHOLE_TLS_KEY: () => z.string().refine(isReadable).describe('a key file (PEM) that this user can read'),
  PINHOLE_TLS: () => z.literal('auto').describe('auto'),
  PINHOLE_ACME_URL: () => z.string().transform(toDirectory).pipe(z.string()).describe(DIRECTORY),
  PINHOLE_ACME_EMAIL: () => z.email().describe('an email address'),
  PINHOLE_HTTP_PORT: () => whole(z.int().min(0).max(65535).describe('a port from 0 to 65535')),
  PINHOLE_LOCALE: () => localeSchema(),
  PINHOLE_TIME_ZONE: () => timeZoneField(),
  PINHOLE_ACCESS: () => accessSchema(),
  PINHOLE_REGISTRATION: () => registrationSchema(),
  PINHOLE_COINS: () => coinsSchema(),
  PINHOLE_MAX_UPLOAD_MB: () => whole(maxUploadSchema()),
  PINHOLE_QUOTA_MB: () => whole(quotaSchema()),
  PINHOLE_MIN_FREE_MB: () => whole(minFreeSchema()),
  PINHOLE_FFMPEG: () => z.string().transform(chosenFfmpeg).pipe(z.custom<Ffmpeg>(Boolean)).describe(FFMPEG),
  PINHOLE_SMTP_URL: () => z.string().transform(parseSmtp).pipe(z.custom<Smtp>(Boolean)).describe(SMTP_FORM),
  PINHOLE_S3_URL: () => z.string().transform(parseS3).pipe(z.custom<S3Address>(Boolean)).describe(S3_FORM),
  PINHOLE_S3_CACHE_MB: () =>
    whole(z.int().min(0).max(MOST_CACHE_MB).describe(`a number of megabytes from 0 to ${MOST_CACHE_MB}`)),
  PINHOLE_BACKUP: () => z.string().transform(parsePlace).pipe(z.custom<BackupPlace>(Boolean)).describe(PLACE_FORM),
  PINHOLE_BACKUP_KEEP: () => z.string().transform(parseKeep).pipe(z.custom<Keep>(Boolean)).describe(KEEP_FORM),
  PINHOLE_BACKUP_PASSPHRASE: () => z.string().min(12).describe('a passphrase of at least 12 characters'),
  PINHOLE_METRICS_TOKEN: () =>
    z
      .string()
      .regex(/^[!-~]{16,}$/)
      .describe('a token of at least 16 characters, without spaces'),
  PINHOLE_RATE_LIMITS: () => z.enum(['on', 'off']).describe('on or off'),
  PINHOLE_ADAPTIVE_SECONDS: () => whole(z.int().min(0).describe('a number of seconds, or 0 for never')),
  PINHOLE_CROWD: () => whole(z.int().min(1).describe('a number of followers')),
  PINHOLE_PUSH_ALLOW_PRIVATE: () => z.enum(['0', '1']).describe('1 (for testing) or 0'),
  PINHOLE_LOG: () => z.enum(['text', 'json']).describe('text or json'),
  PINHOLE_ACCESS_LOG: () => z.enum(['on', 'off']).describe('on or off'),
  PINHOLE_STRIPE_SECRET_KEY: () =>
    z
      .string()
      .regex(/^(?!pk_)[!-~]+$/)
      .describe('a secret key of Stripe, like sk_live_…'),
  PINHOLE_STRIPE_WEBHOOK_SECRET: () =>
    z
      .string()
      .regex(/^[!-~]+$/)
      .describe('the signing secret of a webhook, like whsec_…'),
  PINHOLE_STRIPE_API: () => z.string().transform(toTrialApi).pipe(z.string()).describe(TRIAL_API),
  PINHOLE_TOSS_CLIENT_KEY: () =>
    z
      .string()
      .regex(/^(?!(test|live)_g?sk_)[!-~]+$/)
      .describe('a client key of Toss Payments, like live_ck_…'),
  PINHOLE_TOSS_SECRET_KEY: () =>
    z
      .string()
      .regex(/^(?!(test|live)_g?ck_)[!-~]+$/)
      .describe('a secret key of Toss Payments, like live_sk_…'),
  PINHOLE_TOSS_API: () => z.string().transform(toTrialApi).pipe(z.string()).describe(TRIAL_API),
  PINHOLE_SOURCE_URL: () => z.url({ protocol: /^https?$/ }).describe('a web address'),
}

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

/** The directory of a certificate authority. Its answers are signed by nobody but the connection. */
function toDirectory(text: string): string | undefined {
  const url = URL.parse(text)
  return url && toTrialApi(url.origin) ? url.href : undefined
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}
