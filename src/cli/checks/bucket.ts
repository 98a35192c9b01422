import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../config'
import { StoreAway } from '../../media/away'
import { type Bucket, openBucket } from '../../media/bucket'
import { nameOfBucket, type S3Address } from '../../s3-address'
import { type Check, type Finding, fail, ok, warn } from './finding'

/** Where a small object is stored for a moment, to see what the key may do. */
const TRIAL = 'doctor/'
const PATIENCE_MS = 10_000
const SKEW_MS = 5 * 60_000

/** Checks where photos and videos are stored, what the key of the bucket may do, and that strangers may do nothing. */
export const bucket: Check = {
  name: 'bucket',
  async run({ config }) {
    if (!config.s3) return [ok('bucket', 'Photos and videos are stored in the data folder.')]
    const opened = openBucket(config.s3, PATIENCE_MS)
    const key = `${TRIAL}${crypto.randomUUID()}`
    const refused = await tryRights(opened, key)
    if (refused) return [fail('bucket', `${nameOfBucket(config.s3)}: ${refused}`)]
    try {
      return [
        ok('bucket', `${nameOfBucket(config.s3)} answers, and the key may list, read, write and delete.`),
        ...(await askAsStranger(config.s3, key)),
        ...encryption(config.s3),
        ...leftFiles(config),
      ]
    } finally {
      await opened.delete(key).catch(() => {})
    }
  },
}

/** Returns what does not work, in the order in which people fix it. */
async function tryRights(opened: Bucket, key: string): Promise<string | undefined> {
  const steps: [what: string, step: () => Promise<unknown>][] = [
    ['listed', async () => void (await opened.list(TRIAL)[Symbol.asyncIterator]().next())],
    ['written', () => opened.put(key, 'trial')],
    ['read', async () => expectTrial(await (await opened.get(key))?.text())],
    ['deleted', () => opened.delete(key)],
    ['written', () => opened.put(key, 'trial')],
  ]
  for (const [what, step] of steps)
    try {
      await step()
    } catch (error) {
      if (!(error instanceof StoreAway)) throw error
      return `objects cannot be ${what} (${error.reason}). ${adviceFor(error.reason)}`
    }
  return undefined
}

function expectTrial(found: string | undefined) {
  if (found !== 'trial') throw new StoreAway('it returned something else than was stored')
}

function adviceFor(reason: string): string {
  if (/NoSuchBucket/.test(reason)) return 'Create the bucket, or correct its name in PINHOLE_S3_URL.'
  if (/Skewed/.test(reason)) return 'Set the clock of this machine.'
  if (/\b301\b|Redirect|AuthorizationHeaderMalformed/.test(reason))
    return 'Set the region of the bucket in PINHOLE_S3_URL, like ?region=eu-central-1.'
  if (/\b403\b|AccessDenied|InvalidAccessKeyId|Signature/.test(reason))
    return 'Check the key in PINHOLE_S3_URL, and that it may list, read, write and delete in this bucket.'
  return 'Check the address in PINHOLE_S3_URL, and that the store runs and can be reached from here.'
}

/** Asks for the object and for the list of the bucket without the key. */
async function askAsStranger({ endpoint, bucket, prefix }: S3Address, key: string): Promise<Finding[]> {
  const findings: Finding[] = []
  const get = (path: string) => fetch(`${endpoint}/${bucket}${path}`, { signal: AbortSignal.timeout(PATIENCE_MS) })
  const object = await get(`/${prefix}${key}`)
  const list = await get('?list-type=2&max-keys=1')
  if (object.ok || list.ok)
    findings.push(
      fail('bucket', 'Everybody can read this bucket without a key, so photos are public. Make the bucket private.'),
    )
  else findings.push(ok('bucket', 'Without the key, nothing can be read.'))
  const skew = Date.parse(object.headers.get('date') ?? '') - Date.now()
  if (Math.abs(skew) > SKEW_MS)
    findings.push(warn('bucket', 'The clocks of this machine and of the store differ by minutes. Set this clock.'))
  return findings
}

const PRIVATE = /^http:\/\/(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]|\[f[cd]|[^.:/]+(:\d+)?$)/

const encryption = ({ endpoint }: S3Address): Finding[] =>
  endpoint.startsWith('http:') && !PRIVATE.test(endpoint)
    ? [warn('bucket', 'Photos reach the store unencrypted. Remove tls=off from PINHOLE_S3_URL.')]
    : []

/** Files that are left in the data folder are read by nobody while a bucket is used. */
function leftFiles({ dataDir }: Config): Finding[] {
  const media = join(dataDir, 'media')
  if (!existsSync(media) || !readdirSync(media).length) return []
  return [
    warn(
      'bucket',
      `${media} still contains files, which are not used. Copy them with: pinhole files move bucket. ` +
        'When pinhole audit finds no fault, the folder can be deleted.',
    ),
  ]
}
