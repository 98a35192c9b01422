import type { Opened } from '../http/media-url'
import { createMemoryCache, type Kept, type MemoryCache } from './memory-cache'
import type { Storage } from './storage'

const caches = new WeakMap<Storage, MemoryCache>()

export function memoryCacheOf(storage: Storage): MemoryCache {
  const made = caches.get(storage) ?? createMemoryCache(storage)
  caches.set(storage, made)
  return made
}

const SAFE = {
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** Answers a link that was opened. `part` is the file on disk, for which Bun handles `Range` itself. */
export function deliver(
  request: Request,
  { body, bytes, type, etag }: Kept,
  { viewer, secondsLeft }: Opened,
  part?: Blob | null,
): Response {
  const headers = {
    ...SAFE,
    etag,
    'content-type': type,
    'cache-control': viewer
      ? `private, max-age=${Math.min(300, secondsLeft)}`
      : `public, max-age=${Math.min(3600, secondsLeft)}`,
  }
  if (isKnown(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  if (request.method === 'HEAD') return new Response(null, { headers: { ...headers, 'content-length': String(bytes) } })
  return new Response(part ?? body, { headers })
}

/**
 * Matches `If-None-Match`, which may list several tags. A proxy that compresses answers may have marked them as weak
 * (RFC 9110, 13.1.2).
 */
const isKnown = (given: string | null, etag: string) =>
  given === '*' || !!given?.split(',').some((each) => each.trim().replace(/^W\//, '') === etag)
