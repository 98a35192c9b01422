import { decodedPart } from './url-part'

/** A bucket of an S3-compatible store, and the key that opens it. */
export type S3Address = Readonly<{
  /** The origin of the store, like `https://s3.example.org`. */
  endpoint: string
  region: string
  bucket: string
  /** The beginning of every key: empty, or a folder with a slash at its end. */
  prefix: string
  accessKeyId: string
  secretAccessKey: string
}>

export const S3_FORM =
  'an address like s3://KEY:SECRET@s3.example.org/BUCKET?region=eu-central-1, with the characters / + % and @ of the key encoded'

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const FOLDER = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/
/** Amazon names the region in the host. */
const AMAZON = /^s3[.-]([a-z0-9-]+)\.amazonaws\.com$/

/**
 * Parses the address of a bucket: `s3://KEY:SECRET@HOST[:PORT]/BUCKET[/FOLDER]`. In the query, `region` is the region
 * that signatures name (Amazon's host names it already; others mostly accept the default `us-east-1`), and `tls=off`
 * chooses plain http, for a store in the same private network. The bucket is addressed by path, which every known store
 * accepts. Returns undefined for an invalid address.
 */
export function parseS3(text: string): S3Address | undefined {
  const url = URL.parse(text)
  if (url?.protocol !== 's3:' || !url.hostname || url.hash) return undefined
  const { region, tls, ...others } = Object.fromEntries(url.searchParams)
  const [accessKeyId, secretAccessKey] = [decodedPart(url.username), decodedPart(url.password)]
  const [bucket = '', ...folder] = url.pathname.replace(/^\/|\/$/g, '').split('/')
  const isKnown = !Object.keys(others).length && (tls === undefined || tls === 'off' || tls === 'on')
  if (!isKnown || !accessKeyId || !secretAccessKey || !BUCKET.test(bucket)) return undefined
  if (folder.length && !FOLDER.test(folder.join('/'))) return undefined
  if (region !== undefined && !/^[a-z0-9-]{1,50}$/i.test(region)) return undefined
  return {
    endpoint: `${tls === 'off' ? 'http' : 'https'}://${url.host}`,
    region: region ?? AMAZON.exec(url.hostname)?.[1] ?? 'us-east-1',
    bucket,
    prefix: folder.length ? `${folder.join('/')}/` : '',
    accessKeyId,
    secretAccessKey,
  }
}

/** The bucket as people may see it in messages and logs: without the key. */
export const nameOfBucket = ({ endpoint, bucket, prefix }: S3Address): string => `${endpoint}/${bucket}/${prefix}`
