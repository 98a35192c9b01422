import type { Bucket } from './bucket'

/** The object that says which community a folder of a bucket belongs to. */
const MARK = 'community'

/**
 * Whether this folder of the bucket belongs to the community with this key, which is marked by the first that uses it.
 * Two communities in one folder would overwrite and erase each other's files, because both count their files from 1.
 */
export async function belongsTo(bucket: Bucket, key: Uint8Array): Promise<boolean> {
  const mark = new Bun.CryptoHasher('sha256').update(key).digest('hex')
  const found = await bucket.read(MARK)
  if (found) return (await found.text()).trim() === mark
  await bucket.put(MARK, `${mark}\n`)
  return true
}
