import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { log } from '../log'
import { type Authority, type Challenges, orderCertificate, storePair } from './order'
import { isFor, lifeOf, type Pair, type PairPaths, readPair } from './pair'

const HOUR_MS = 3600_000
/** A certificate is renewed when less than this part of its life is left, as authorities recommend. */
const LAST_PART = 1 / 3
/** How long to wait after a failed order, doubling up to a day. Authorities allow few failures an hour. */
const FIRST_WAIT_MS = 60_000
const LONGEST_WAIT_MS = 24 * HOUR_MS

type Keeper = {
  paths: PairPaths
  /** Where to get certificates. Without it, somebody else renews the files. */
  authority: Authority | undefined
  challenges: Challenges
  now?: () => number
  firstWaitMs?: number
}

/** Keeps the certificate of the server: reads it, notices when its files change, and renews it before it ends. */
export function keepCertificate({ paths, authority, challenges, now = Date.now, firstWaitMs = FIRST_WAIT_MS }: Keeper) {
  let stamp = ''
  let notBefore = 0
  let wait = firstWaitMs

  function read(): Pair {
    stamp = stampOf(paths)
    return readPair(paths)
  }

  async function order(from: Authority): Promise<Pair> {
    const pair = await orderCertificate(from, challenges, dirname(paths.certPath))
    storePair(paths, pair)
    wait = firstWaitMs
    log.info('Got a certificate', { host: from.host, until: lifeOf(pair.cert).to.toISOString() })
    return read()
  }

  function failed(error: unknown) {
    log.error('There is no new certificate yet', {
      reason: messageOf(error),
      next: new Date(now() + wait).toISOString(),
    })
    notBefore = now() + wait
    wait = Math.min(LONGEST_WAIT_MS, 2 * wait)
  }

  /** What is stored, if it is still valid for the host. */
  function stored(host: string): Pair | undefined {
    try {
      const pair = read()
      return +lifeOf(pair.cert).to > now() && isFor(pair.cert, host) ? pair : undefined
    } catch {
      return undefined // there is none yet, or it is of no use
    }
  }

  return {
    /** Returns the certificate to begin with. Where there is none yet, it orders one, as often as that takes. */
    async first(signal: AbortSignal): Promise<Pair> {
      if (!authority) return read()
      for (;;) {
        const pair = stored(authority.host)
        if (pair) return pair
        try {
          return await order(authority)
        } catch (error) {
          failed(error)
        }
        await pause(Math.max(0, notBefore - now()), signal)
      }
    },

    /** Returns a certificate when there is a new one. Errors are logged, since the present one goes on. */
    async look(): Promise<Pair | undefined> {
      try {
        if (authority && isDue(paths, now()) && now() >= notBefore) return await order(authority)
        return stampOf(paths) === stamp ? undefined : read()
      } catch (error) {
        if (authority) failed(error)
        else log.error('The new certificate is not used', { reason: messageOf(error) })
        return undefined
      }
    },
  }
}

export type CertificateKeeper = ReturnType<typeof keepCertificate>

function isDue(paths: PairPaths, now: number): boolean {
  const { from, to } = lifeOf(readPair(paths).cert)
  return +to - now < LAST_PART * (+to - +from)
}

/** Changes when a file is replaced or written. Links are followed, since other programs replace what they lead to. */
const stampOf = ({ certPath, keyPath }: PairPaths) =>
  [certPath, keyPath].map((path) => `${statSync(path).mtimeMs} ${statSync(path).size} ${statSync(path).ino}`).join()

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
  })

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
