import { existsSync } from 'node:fs'
import type { Config } from '../../config'
import { isFor, lifeOf, readPair } from '../../tls/pair'
import { type Check, type Finding, fail, ok, warn } from './finding'

const DAY_MS = 24 * 3600_000

export const network: Check = { name: 'network', run: ({ config }) => [address(config), ...certificate(config)] }

const isLocal = (host: string) => ['localhost', '127.0.0.1', '::1'].includes(host)

/** Checks for common misconfigurations between a proxy and the server. */
function address({ url, host, tls, trustsProxy }: Config): Finding {
  if (!url)
    return isLocal(host)
      ? ok('address', 'The server is reachable from this machine only.')
      : warn('address', 'PINHOLE_URL is not set, so links that commands print contain "localhost".')
  const { protocol, hostname } = new URL(url)
  if (protocol === 'http:' && !isLocal(hostname))
    return warn('address', `${url} is not encrypted, so others can read passwords on the network. Use https.`)
  if (protocol === 'https:' && !tls && !trustsProxy('127.0.0.1') && isLocal(host))
    return warn(
      'address',
      'There seems to be a proxy that is not trusted, so all requests have its address. Set PINHOLE_TRUST_PROXY=1.',
    )
  if (protocol === 'http:' && tls) return warn('address', `The server uses https, but PINHOLE_URL is ${url}.`)
  return ok('address', `${url}.`)
}

function certificate({ tls, acme, url }: Config): Finding[] {
  if (!tls) return []
  if (acme && !existsSync(tls.certPath))
    return [fail('certificate', `There is no certificate for ${acme.host} yet. The log of the server says why.`)]
  const { cert } = readPair(tls)
  const ends = lifeOf(cert).to
  const host = url && new URL(url).hostname
  if (host && !isFor(cert, host)) return [fail('certificate', `The certificate is not for ${host}.`)]
  if (+ends < Date.now()) return [fail('certificate', `The certificate expired on ${ends.toISOString()}.`)]
  if (+ends < Date.now() + 14 * DAY_MS)
    return [warn('certificate', `The certificate expires on ${ends.toISOString()}.`)]
  return [ok('certificate', `The certificate is valid until ${ends.toISOString()}.`)]
}
