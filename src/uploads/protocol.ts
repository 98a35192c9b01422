import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from '../context'
import { refuseEncoded } from '../http/text'
import { node } from '../node'
import { Problem } from '../problem'
import { maxUploadBytes } from './receive'

/** The version of the tus protocol (tus.io/protocols/resumable-upload) that this server speaks. */
export const VERSION = '1.0.0'

const EXTENSIONS =
  'creation,creation-with-upload,creation-defer-length,termination,expiration,checksum,concatenation' as const
/** The protocol asks for SHA-1. The others are for clients that have them anyway. */
const ALGORITHMS = ['sha1', 'sha256', 'md5']

const BYTES = 'application/offset+octet-stream'

const methodsAt = (path: string) =>
  /^\/api\/uploads\/?$/.test(path) ? 'POST, OPTIONS' : 'GET, HEAD, PATCH, DELETE, OPTIONS'

/**
 * Says in every answer which version is spoken, and answers OPTIONS before anybody is identified: a client asks what the
 * server can do before it has a token.
 */
export const resumable: MiddlewareHandler<Env> = (c, next) => {
  if (c.req.method === 'OPTIONS') return Promise.resolve(offer(c))
  c.header('tus-resumable', VERSION)
  return next()
}

/** Refuses other versions of the protocol from people who may upload. */
export const sameVersion: MiddlewareHandler<Env> = (c, next) => {
  if (c.req.method !== 'GET' && c.req.header('tus-resumable') !== VERSION) {
    c.header('tus-version', VERSION)
    throw new Problem(
      'precondition_failed',
      'Send Tus-Resumable: {version}, the version of this server.',
      {},
      { version: VERSION },
    )
  }
  return next()
}

function offer(c: Context<Env>): Response {
  return c.body(null, 204, {
    allow: methodsAt(c.req.path),
    'tus-version': VERSION,
    'tus-extension': EXTENSIONS,
    'tus-max-size': String(maxUploadBytes(c.var.app)),
    'tus-checksum-algorithm': ALGORITHMS.join(),
  })
}

/** The method of a POST that stands in for another, from clients behind proxies that refuse PATCH and DELETE. */
export function overridden(c: Context<Env>): 'HEAD' | 'PATCH' | 'DELETE' {
  const method = c.req.header('x-http-method-override')?.trim().toUpperCase()
  if (method === 'HEAD' || method === 'PATCH' || method === 'DELETE') return method
  return refuseMethod(c)
}

/** Throws `method_not_allowed`, and names the methods that the address has. */
export function refuseMethod(c: Context<Env>): never {
  const methods = methodsAt(c.req.path)
  c.header('allow', methods)
  throw new Problem('method_not_allowed', 'This address accepts only these methods: {methods}.', {}, { methods })
}

/** Checks the headers of bytes for an upload. */
export function checkBytes(c: Context<Env>): void {
  if (c.req.header('content-type')?.trim().toLowerCase() !== BYTES)
    throw new Problem('unsupported_media', 'Send the bytes as {type}.', {}, { type: BYTES })
  if (!/^\d{1,15}$/.test(c.req.header('upload-offset') ?? ''))
    throw new Problem('unreadable', 'Send Upload-Offset, the number of bytes that have arrived.')
  refuseEncoded(c)
}

/** What the bytes of one request have to hash to. */
export type Checksum = { algorithm: string; digest: string }

/** Reads `Upload-Checksum` of the tus protocol, if the client sends it. Throws when it is none that can be checked. */
export function checksumIn(c: Context<Env>): Checksum | undefined {
  const header = c.req.header('upload-checksum')
  if (header === undefined) return undefined
  const [algorithm = '', digest = ''] = header.trim().split(/ +/)
  if (!ALGORITHMS.includes(algorithm) || !/^[A-Za-z0-9+/]+=*$/.test(digest))
    throw new Problem(
      'unreadable',
      'Send Upload-Checksum as one of {names} and the hash in Base64.',
      {},
      { names: ALGORITHMS.join(', ') },
    )
  return { algorithm, digest }
}

/** Makes the hash that a checksum is compared with. */
export const hasher = ({ algorithm }: Checksum) => node.crypto.createHash(algorithm)
