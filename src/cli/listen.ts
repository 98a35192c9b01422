import type { Server } from 'bun'
import { MOST_MB } from '../../shapes/settings'
import type { Config } from '../config'
import { log } from '../log'
import { type CertificateKeeper, keepCertificate } from '../tls/keeper'
import type { Challenges } from '../tls/order'
import type { Pair } from '../tls/pair'
import { plainAnswer } from '../tls/plain'

export type Fetch = (request: Request, server: Server<unknown>) => Response | Promise<Response>

/** The running server. Its certificate may be replaced while it runs. */
export type Listening = { port: number; stop(isNow?: boolean): Promise<void> }

/** How often to look whether the certificate has changed or has to be renewed. */
const LOOK_MS = 60_000
/** Browsers that were here once come back by https only, for this long. */
const STRICT = 'max-age=31536000'

/** Listens as the settings say: over http, or over https, where the certificate is renewed and http leads to https. */
export async function listen(config: Config, fetch: Fetch, signal: AbortSignal, lookMs = LOOK_MS): Promise<Listening> {
  if (!config.tls) return plainly(config, fetch)
  const challenges: Challenges = new Map()
  let isReady = false
  const plain = listenPlain(config, challenges, () => isReady)
  try {
    const keeper = keepCertificate({ paths: config.tls, authority: config.acme, challenges })
    const pair = await Promise.race([keeper.first(signal), aborted(signal)])
    isReady = true
    return securely({ config, keeper, lookMs, plain }, pair, strict(config, fetch))
  } catch (error) {
    void plain?.stop(true)
    throw error
  }
}

function plainly(config: Config, fetch: Fetch): Listening {
  const server = start(config, config.port, fetch)
  return { port: server.port!, stop: (isNow) => server.stop(isNow) }
}

function listenPlain({ host, url, httpPort }: Config, challenges: Challenges, isReady: () => boolean) {
  if (httpPort === undefined || !url) return undefined
  return start({ host }, httpPort, plainAnswer({ url, challenges, isReady }))
}

/** Rejects when the server is stopped, also while an order is under way. */
const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

type Secure = {
  config: Config
  keeper: CertificateKeeper
  lookMs: number
  plain: Server<unknown> | undefined
}

/**
 * Bun cannot change the certificate of a running server. Another server takes over the port, and the former one finishes
 * its requests.
 */
function securely({ config, keeper, lookMs, plain }: Secure, first: Pair, fetch: Fetch): Listening {
  let server = start(config, config.port, fetch, first)
  const port = server.port!
  const timer = setInterval(() => void look(), lookMs)
  let isLooking = false

  async function look() {
    if (isLooking) return
    isLooking = true
    const pair = await keeper.look().finally(() => {
      isLooking = false
    })
    if (!pair) return
    const former = server
    void former.stop()
    server = start(config, port, fetch, pair)
    log.info('The new certificate is in use')
  }

  return {
    port,
    async stop(isNow) {
      clearInterval(timer)
      await Promise.all([server.stop(isNow), plain?.stop(isNow)])
    },
  }
}

/** Asks browsers to use https only, where the public address does. */
function strict({ url }: Config, fetch: Fetch): Fetch {
  if (!url?.startsWith('https:')) return fetch
  return async (request, server) => {
    const answer = await fetch(request, server)
    answer.headers.set('strict-transport-security', STRICT)
    return answer
  }
}

function start({ host }: Pick<Config, 'host'>, port: number, fetch: Fetch, pair?: Pair): Server<unknown> {
  try {
    return Bun.serve({
      port,
      hostname: host,
      fetch,
      ...(pair && { tls: pair }),
      development: false,
      reusePort: false, // with `development: false`, Bun would otherwise share a port that another program uses
      idleTimeout: 255, // the default would cut off slow uploads
      maxRequestBodySize: (MOST_MB + 1) * 1024 ** 2, // routes apply the current limit, which is smaller
    })
  } catch (cause) {
    throw new Error(reasonOf(cause as { code?: string; message: string }, port, host), { cause })
  }
}

function reasonOf({ code, message }: { code?: string; message: string }, port: number, host: string): string {
  if (code === 'EADDRINUSE')
    return port < 1024
      ? `Another program uses port ${port}. Stop it, for example a web server, or let it be the proxy of Pinhole.`
      : `Another program uses port ${port}. Choose another port: pinhole ${port < 65535 ? port + 1 : 7777}`
  if (code === 'EACCES')
    return (
      `This user is not allowed to listen on port ${port}. With systemd, add AmbientCapabilities=CAP_NET_BIND_SERVICE. ` +
      'Otherwise choose a port above 1023, and use a proxy.'
    )
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${host}. Choose another --host.`
  return `Could not listen on ${host}, port ${port}: ${message}`
}
