import { rm, stat } from 'node:fs/promises'
import type { Bucket, ObjectHead } from './bucket'
import type { Cache } from './cache'
import { etagOf, missing, placeOf, type Remote, readPlace, type Storage, type StoredBytes, typeOf } from './storage'

/** What the keys of stored files begin with. */
const MEDIA = 'media/'

/** The key of stored bytes in the bucket. */
export const keyOf = (fileId: number, name: string): string => MEDIA + placeOf(fileId, name)

/** Up to this size, a request waits until a copy is made. Larger bytes are passed on while they arrive. */
const QUICK_BYTES = 8 * 1024 ** 2

/**
 * Stores each file as the object `media/{fileId}/{name}` of a bucket, which nobody else can read. Copies of what is
 * requested often are kept in `cache`, which is not needed to read anything.
 */
export function bucketStorage(bucket: Bucket, cache: Cache | null): Storage {
  function stored(fileId: number, name: string, { bytes, changedAt }: ObjectHead): StoredBytes {
    const key = keyOf(fileId, name)
    const fetched = async () => {
      const response = await bucket.read(key)
      if (!response?.body) throw missing(key)
      return response.body
    }
    const remote: Remote = {
      async copy() {
        if (name === 'original' || !cache) return null
        const known = await cache.find(fileId, name)
        if (known || !cache.takes(bytes)) return known
        const made = cache.fill({ fileId, name, bytes, changedAt }, fetched)
        if (bytes <= QUICK_BYTES) return made
        made.catch(() => {}) // the next request tries again
        return null
      },
      get: (range) => bucket.get(key, range),
    }
    return {
      bytes,
      type: typeOf(name),
      etag: etagOf(bytes, changedAt),
      at: { remote },
      stream: () => streamOf(async () => (await remote.copy())?.stream() ?? fetched()),
    }
  }

  return {
    async put(fileId, name, fromPath) {
      await bucket.put(keyOf(fileId, name), Bun.file(fromPath))
      await cache?.drop(fileId)
      await rm(fromPath)
    },
    async open(fileId, name) {
      const head = (await cache?.about(fileId, name)) ?? (await bucket.head(keyOf(fileId, name)))
      return head && stored(fileId, name, head)
    },
    async pathOf(fileId, name, scratch) {
      const key = keyOf(fileId, name)
      const head = await bucket.head(key)
      if (!head) return null
      const there = await stat(scratch).catch(() => null)
      if (there?.size === head.bytes) return scratch
      const response = await bucket.read(key)
      if (!response) return null
      const written = await Bun.write(scratch, response)
      if (written !== head.bytes) throw new Error(`Only ${written} of ${head.bytes} bytes of ${key} arrived.`)
      return scratch
    },
    async remove(fileId, name) {
      await cache?.drop(fileId)
      await bucket.delete(keyOf(fileId, name))
    },
    async delete(fileId) {
      await cache?.drop(fileId)
      for await (const { key } of bucket.list(`${MEDIA}${placeOf(fileId)}/`)) await bucket.delete(key)
    },
    async *list() {
      for await (const { key, ...head } of bucket.list(MEDIA)) {
        const place = readPlace(key.slice(MEDIA.length))
        if (place) yield { ...place, ...head }
      }
    },
  }
}

/** A stream that is opened when it is read for the first time. */
export function streamOf(open: () => Promise<ReadableStream<Uint8Array>>): ReadableStream<Uint8Array> {
  const begin = async () => (await open()).getReader()
  let reader: Awaited<ReturnType<typeof begin>> | undefined
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        reader ??= await begin()
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}
