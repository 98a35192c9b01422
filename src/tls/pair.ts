import { readFileSync } from 'node:fs'
import { node } from '../node'

export type PairPaths = { certPath: string; keyPath: string }
/** A certificate with its chain, and the key that belongs to it, as PEM. */
export type Pair = { cert: string; key: string }

/** Reads a certificate and its key, and says in words what is wrong with them. */
export function readPair({ certPath, keyPath }: PairPaths): Pair {
  const pair = { cert: readFileSync(certPath, 'utf8'), key: readFileSync(keyPath, 'utf8') }
  const certificate = readOr(
    () => new node.crypto.X509Certificate(pair.cert),
    () => wrongFile(certPath, pair.cert, 'certificate'),
  )
  const key = readOr(
    () => node.crypto.createPrivateKey(pair.key),
    () => wrongFile(keyPath, pair.key, 'private key'),
  )
  if (!certificate.checkPrivateKey(key))
    throw new Error(
      `The key in ${keyPath} does not belong to the certificate in ${certPath}. The certificate of the server comes first ` +
        'in its file, and those of the authority follow.',
    )
  return pair
}

function readOr<T>(read: () => T, explain: () => string): T {
  try {
    return read()
  } catch (cause) {
    throw new Error(explain(), { cause })
  }
}

function wrongFile(path: string, text: string, wanted: 'certificate' | 'private key'): string {
  const [, found] = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(text) ?? []
  if (found === undefined) return `${path} is not a PEM file, which begins with "-----BEGIN …-----".`
  if (found.startsWith('ENCRYPTED')) return `The key in ${path} is protected by a passphrase. Store it without one.`
  const isOther = /PRIVATE KEY$/.test(found) !== (wanted === 'private key')
  return isOther
    ? `${path} contains a ${found.toLowerCase()}, but a ${wanted} is expected there.`
    : `The ${wanted} in ${path} cannot be read. The file may be damaged.`
}

/** When the certificate begins and ends. */
export function lifeOf(cert: string): { from: Date; to: Date } {
  const { validFrom, validTo } = new node.crypto.X509Certificate(cert)
  return { from: new Date(validFrom), to: new Date(validTo) }
}

/** Whether the certificate is valid for a host name, by its names and not by its dates. */
export const isFor = (cert: string, host: string): boolean =>
  new node.crypto.X509Certificate(cert).checkHost(host) !== undefined
