import type { Config } from '../config'
import { readKeys } from '../keys'
import { StoreAway } from '../media/away'
import { openBucket } from '../media/bucket'
import { belongsTo } from '../media/bucket-owner'
import { nameOfBucket } from '../s3-address'

/**
 * Throws when another community uses the bucket of the settings. A store that is away is no reason not to serve
 * everything else, so then nothing is checked.
 */
export async function refuseOtherBucket({ s3, dataDir }: Config): Promise<void> {
  if (!s3) return
  const isOurs = await belongsTo(openBucket(s3), readKeys(dataDir)('bucket')).catch((error) => {
    if (!(error instanceof StoreAway)) throw error
    return true
  })
  if (!isOurs)
    throw new Error(
      `${nameOfBucket(s3)} belongs to another community, whose files would be lost. Choose another bucket, or another folder ` +
        'in it, like …/BUCKET/FOLDER in PINHOLE_S3_URL.',
    )
}
