import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { node } from '../node'
import type { Pair, PairPaths } from './pair'

/** Where certificates come from, and for which host. */
export type Authority = {
  /** The directory of the authority (RFC 8555, 7.1.1). */
  directoryUrl: string
  /** Where the authority writes to before a certificate ends. */
  email: string | undefined
  host: string
}

/** The answers to the challenges of the authority, by their tokens. */
export type Challenges = Map<string, string>

const newKey = (): string =>
  node.crypto
    .generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()

/**
 * Orders a certificate by ACME (RFC 8555). The authority asks for the challenge over http at port 80 of the host, to see
 * that it is ours (HTTP-01).
 */
export async function orderCertificate(
  { directoryUrl, email, host }: Authority,
  challenges: Challenges,
  dir: string,
): Promise<Pair> {
  const { Client, crypto } = await import('acme-client')
  const account = openAccount(dir, directoryUrl)
  const { key: accountKey, url: accountUrl } = account.known
  const backoff = { backoffMin: 1000, backoffMax: 10_000 }
  const client = new Client({ directoryUrl, accountKey, ...(accountUrl && { accountUrl }), ...backoff })
  const [key, csr] = await crypto.createCsr({ commonName: host, altNames: [host] }, newKey())
  try {
    const cert = await client.auto({
      csr,
      ...(email && { email }),
      termsOfServiceAgreed: true,
      challengePriority: ['http-01'],
      skipChallengeVerification: true, // many routers do not let a machine reach itself by its public address
      challengeCreateFn: async (_authz, { token }, answer) => void challenges.set(token, answer),
      challengeRemoveFn: async (_authz, { token }) => void challenges.delete(token),
    })
    account.keep(client.getAccountUrl())
    return { cert, key: key.toString() }
  } catch (cause) {
    account.keep(undefined) // the authority may have forgotten it
    throw new Error(explain(cause, { directoryUrl, host }), { cause })
  }
}

type Account = { key: string; url?: string | undefined }

/** The account at the authority, whose key is made at the first order. */
function openAccount(dir: string, directoryUrl: string) {
  const path = join(dir, `account-${new URL(directoryUrl).hostname}.json`)
  const known: Account = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { key: newKey() }
  const keep = (url: string | undefined) => write(path, JSON.stringify({ key: known.key, url }))
  return { known, keep }
}

/** Stores a certificate with its key. If a crash parts them, they do not belong together, and another one is ordered. */
export function storePair({ certPath, keyPath }: PairPaths, { cert, key }: Pair): void {
  write(keyPath, key)
  write(certPath, cert)
}

function write(path: string, text: string) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.new`
  writeFileSync(draft, text, { mode: 0o600 })
  renameSync(draft, path)
}

/** Where the certificate of a host is stored. */
export function pairPathsIn(dataDir: string, host: string): PairPaths {
  const path = join(dataDir, 'certificates', host)
  return { certPath: `${path}.pem`, keyPath: `${path}.key` }
}

type Cause = Error & { code?: string; response?: { status?: number } }

function explain(cause: unknown, { directoryUrl, host }: Pick<Authority, 'directoryUrl' | 'host'>): string {
  const { code, message, response } = cause as Cause
  const authority = new URL(directoryUrl).host
  const said = /[.!?]$/.test(message) ? message : `${message}.`
  if (code && /^(E[A-Z]+|ConnectionRefused|FailedToOpenSocket)$/.test(code))
    return `${authority} cannot be reached (${code}). Check that this machine has access to the internet.`
  if (response?.status === 429 || /rate.?limit/i.test(message))
    return `${authority} gives no more certificates for ${host} at the moment: ${said}`
  return (
    `${authority} gave no certificate for ${host}: ${said} Check that ${host} leads to this machine, and that port 80 ` +
    'of it can be reached from the internet.'
  )
}
