import type { Context } from 'hono'
import type { Opened } from '../http/media-url'
import { sendFile, sizeOnly } from '../http/send-file'
import { Problem } from '../problem'
import { createMemoryCache, type Kept, type MemoryCache } from './memory-cache'
import type { Remote, Storage, StoredBytes } from './storage'

const caches = new WeakMap<Storage, MemoryCache>()

/** The cache in memory of a storage. Each storage has one. */
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

/** What is sent: bytes, or a file on disk, for which Bun handles `Range` itself. */
export type WholeBody = Kept & { body: Blob | Uint8Array<ArrayBuffer> }

/** Answers a link that was opened, with bytes that are on this machine. */
export function deliver(request: Request, kept: WholeBody, opened: Opened): Response {
  const headers = headersOf(kept, opened)
  return withoutBytes(request, kept, headers) ?? new Response(kept.body, { headers })
}

/** Answers a link that was opened, with bytes from another machine. They are passed on as fast as the viewer reads. */
export async function deliverRemote(request: Request, kept: Kept, remote: Remote, opened: Opened): Promise<Response> {
  const headers = headersOf(kept, opened)
  return withoutBytes(request, kept, headers) ?? (await passOn(request, kept, remote, headers))
}

/** Answers with the bytes of a file outside of media links. */
export function sendStored(
  c: Context,
  stored: StoredBytes,
  headers: Record<string, string>,
): Response | Promise<Response> {
  const { at, bytes } = stored
  if ('file' in at) return sendFile(c, at.file, headers)
  return c.req.method === 'HEAD' ? sizeOnly(bytes, headers) : passOn(c.req.raw, stored, at.remote, headers)
}

/** Sends bytes from another machine, or the part of them that the request asks for. */
async function passOn(
  request: Request,
  { bytes, etag }: Pick<Kept, 'bytes' | 'etag'>,
  remote: Remote,
  headers: Record<string, string>,
): Promise<Response> {
  const copy = await remote.copy()
  if (copy) return new Response(copy, { headers })
  const response = await remote.get(rangeOf(request, etag, bytes))
  if (!response) throw new Problem('not_found', 'This file does not exist.')
  if (response.status === 416) {
    void response.body?.cancel()
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${bytes}` } })
  }
  const range = response.status === 206 && response.headers.get('content-range')
  return new Response(response.body, {
    status: range ? 206 : 200,
    headers: { ...headers, 'accept-ranges': 'bytes', ...(range && { 'content-range': range }) },
  })
}

/**
 * The wanted part, unless it is of other bytes than the viewer has (RFC 9110, 13.1.5). When several parts are wanted, all
 * is sent. The last bytes are named by where they begin, which every store understands.
 */
function rangeOf({ headers }: Request, etag: string, bytes: number): string | null {
  const ifRange = headers.get('if-range')
  if (ifRange && ifRange !== etag) return null
  const [range, last] = /^bytes=(?:\d+-\d*|-(\d+))$/.exec(headers.get('range') ?? '') ?? []
  return last === undefined ? (range ?? null) : `bytes=${Math.max(0, bytes - Number(last))}-`
}

const headersOf = ({ type, etag }: Kept, { viewer, secondsLeft }: Opened) => ({
  ...SAFE,
  etag,
  'content-type': type,
  'cache-control': viewer
    ? `private, max-age=${Math.min(300, secondsLeft)}`
    : `public, max-age=${Math.min(3600, secondsLeft)}`,
})

/** Answers a viewer who has the bytes already, or asks only about them. */
function withoutBytes(request: Request, { bytes, etag }: Kept, headers: Record<string, string>): Response | null {
  if (isKnown(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  if (request.method !== 'HEAD') return null
  return sizeOnly(bytes, headers)
}

/**
 * Matches `If-None-Match`, which may list several tags. A proxy that compresses answers may have marked them as weak
 * (RFC 9110, 13.1.2).
 */
const isKnown = (given: string | null, etag: string) =>
  given === '*' || !!given?.split(',').some((each) => each.trim().replace(/^W\//, '') === etag)
