import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Config } from '../../config'
import { type Check, type Finding, fail, ok, warn } from './finding'

const DAY_MS = 24 * 3600_000

export const network: Check = { name: 'network', run: (config) => [address(config), ...certificate(config)] }

const isLocal = (host: string) => ['localhost', '127.0.0.1', '::1'].includes(host)

/** What usually goes wrong between a proxy and the server. */
function address({ url, host, tls, trustsProxy }: Config): Finding {
  if (!url)
    return isLocal(host)
      ? ok('address', 'For this machine only.')
      : warn('address', 'PINHOLE_URL is not set: links made here say "localhost".')
  const { protocol, hostname } = new URL(url)
  if (protocol === 'http:' && !isLocal(hostname))
    return warn('address', `${url} is not encrypted: passwords can be read on the way. Use https.`)
  if (protocol === 'https:' && !tls && !trustsProxy('127.0.0.1') && isLocal(host))
    return warn(
      'address',
      'A proxy seems to stand before this server, but is not trusted: everybody has its address. Set PINHOLE_TRUST_PROXY=1.',
    )
  if (protocol === 'http:' && tls) return warn('address', `The server speaks https, but PINHOLE_URL says ${url}.`)
  return ok('address', `${url}.`)
}

function certificate({ tls, url }: Config): Finding[] {
  if (!tls) return []
  const certificate = new X509Certificate(readFileSync(tls.certPath))
  const ends = new Date(certificate.validTo)
  const host = url && new URL(url).hostname
  if (host && !certificate.checkHost(host)) return [fail('certificate', `It is not for ${host}.`)]
  if (+ends < Date.now()) return [fail('certificate', `It ended on ${ends.toISOString()}.`)]
  if (+ends < Date.now() + 14 * DAY_MS) return [warn('certificate', `It ends on ${ends.toISOString()}.`)]
  return [ok('certificate', `Good until ${ends.toISOString()}.`)]
}
