import { join } from 'node:path'
import type { Config } from '../config'
import type { Arrivals } from './arrivals'
import { type Bucket, openBucket } from './bucket'
import { bucketArrivals } from './bucket-arrivals'
import { bucketStorage } from './bucket-storage'
import { openCache } from './cache'
import { folderArrivals } from './folder-arrivals'
import { folderStorage } from './folder-storage'
import type { Storage } from './storage'

export type OpenedStorage = {
  storage: Storage
  arrivals: Arrivals
  /** Null when files are stored in the data folder. */
  bucket: Bucket | null
  /** Drops the copies on this machine of what the storage holds of these files. */
  forget(fileIds: ReadonlySet<number>): Promise<void>
  close(): void
}

/**
 * Opens the place where the settings say that files are stored. Commands read without the cache of the server, which
 * belongs to it and does not prove anything about the bucket.
 */
export function openStorage(config: Config, { cached = false } = {}): OpenedStorage {
  if (!config.s3) return openFolder(config.dataDir)
  const bucket = openBucket(config.s3)
  const cacheBytes = config.s3CacheMb * 1024 ** 2
  const cache = cached && cacheBytes ? openCache(join(config.dataDir, 'cache'), cacheBytes) : null
  return {
    storage: bucketStorage(bucket, cache),
    arrivals: bucketArrivals(bucket),
    bucket,
    forget: async (fileIds) => {
      for (const fileId of cache ? fileIds : []) await cache?.drop(fileId)
    },
    close: () => cache?.stop(),
  }
}

/** Opens the files that are stored in the data folder itself. */
export function openFolder(dataDir: string): OpenedStorage {
  const storage = folderStorage(join(dataDir, 'media'))
  const arrivals = folderArrivals(join(dataDir, 'uploads'), storage)
  return { storage, arrivals, bucket: null, forget: async () => {}, close: () => {} }
}
