import type { Opened } from '../http/media-url'
import { type Hot, type Kept, keepHot } from './hot'
import type { Storage } from './storage'

const hot = new WeakMap<Storage, Hot>()

export function hotOf(storage: Storage): Hot {
  const made = hot.get(storage) ?? keepHot(storage)
  hot.set(storage, made)
  return made
}

const SAFE = {
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** The answer to a link that opens something. Bun answers `Range` for a file of the disk by itself; `part` is that file. */
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

/** One of several, and perhaps marked as weak by a proxy that packed it (RFC 9110, 13.1.2). */
const isKnown = (given: string | null, etag: string) =>
  given === '*' || !!given?.split(',').some((each) => each.trim().replace(/^W\//, '') === etag)
