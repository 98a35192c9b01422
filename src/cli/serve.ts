import type { Server } from 'bun'
import { MOST_MB } from '../../shapes/settings'
import type { Config } from '../config'
import { type FolderLock, lockFolder } from '../db/lock'
import { log, setLogFormat } from '../log'
import { addressesOf } from './addresses'
import { type Call, type Command, WrongUsage } from './command'

/** Of the ten seconds in which we have to be gone, the ones in which requests and jobs may finish. */
const PATIENCE_MS = 8000

export const serve: Command = {
  usage: '[PORT] [--host ADDRESS]',
  about: `Runs the server on PORT (7777) until it is told to stop by SIGTERM or Ctrl-C: it finishes the requests it is answering, and
leaves jobs to the next start. Until there is an administrator it prints a link to create one.
With --json the first line on stdout is {"address", "addresses", "setupUrl", "pid"}.`,
  options: {
    host: { value: 'ADDRESS', about: 'listen on this address only (0.0.0.0: all)' },
    port: { value: 'PORT', about: 'the same as PORT' },
  },
  takes: [0, 1],
  async run(call) {
    const [port] = call.args
    if (port !== undefined && (call.flag('port') !== undefined || !/^\d+$/.test(port)))
      throw new WrongUsage(`"${port}" is too much, or no port.`)
    const config = await call.config()
    setLogFormat(config.log)
    const lock = lockFolder(config.dataDir)
    try {
      await serveUntilStopped(config, lock, call)
    } finally {
      lock.release()
    }
  },
}

async function serveUntilStopped(config: Config, lock: FolderLock, call: Call) {
  // Loaded here, so that the short commands need not wait for it.
  const { createApp } = await import('../app')
  const { openApp } = await import('../open-app')
  const { handlers } = await import('../handlers')
  const { startJobs } = await import('../jobs/loop')

  const stopSignal = nextSignal()
  process.on('unhandledRejection', (error) => log.error('Something was not waited for', { error }))
  const app = await openApp(config)
  try {
    const { fetch } = createApp(app)
    const server = listen(config, (request, server) =>
      fetch(request, {
        get address() {
          return server.requestIP(request)?.address // asked for by few
        },
        closeAfter: (seconds) => server.timeout(request, seconds), // 255 at most; 0 is never
      }),
    )
    const stopJobs = startJobs(app, handlers)
    const addresses = addressesOf(config, server.port!)
    lock.listensAt(addresses[0]!)
    await announce(call, addresses, await setupUrl(app, addresses[0]!))
    log.info('Stopping', { signal: await stopSignal })
    app.events.close()
    await Promise.race([Promise.all([server.stop(), stopJobs()]), Bun.sleep(PATIENCE_MS)])
    void server.stop(true)
  } finally {
    await app.mediaWorker.stop()
    app.close()
  }
}

type Fetch = (request: Request, server: Server<unknown>) => Response | Promise<Response>

function listen({ port, host, tls }: Config, fetch: Fetch): Server<unknown> {
  try {
    return Bun.serve({
      port,
      hostname: host,
      fetch,
      ...(tls && { tls: { cert: Bun.file(tls.certPath), key: Bun.file(tls.keyPath) } }),
      development: false,
      reusePort: false, // said, since with `development: false` Bun would share a taken port with whoever has it
      // Bun's own would cut slow uploads; what is too large is refused by the routes, which know the limit of the moment.
      idleTimeout: 255,
      maxRequestBodySize: (MOST_MB + 1) * 1024 ** 2,
    })
  } catch (cause) {
    throw new Error(reasonOf(cause as { code?: string; message: string }, port, host), { cause })
  }
}

function reasonOf({ code, message }: { code?: string; message: string }, port: number, host: string): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Choose another one, as in: pinhole ${port < 65535 ? port + 1 : 7777}`
  if (code === 'EACCES')
    return `This user may not listen on port ${port}. Choose one above 1023, and put a proxy in front.`
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${host}. Choose another --host.`
  return `Listening on ${host}, port ${port}, failed: ${message}`
}

type Opened = Awaited<ReturnType<typeof import('../open-app')['openApp']>>

/** Good for a day; every start prints a new one until somebody has used it. */
async function setupUrl({ db, links, now }: Opened, address: string): Promise<string | undefined> {
  const { hasAdministrator } = await import('../users/account')
  if (await hasAdministrator(db)) return undefined
  return `${address}/setup?token=${await links.sign('setup', 0, new Date(+now() + 24 * 3600_000))}`
}

async function announce({ answer }: Call, addresses: string[], setup: string | undefined) {
  const lines = [`Pinhole is at ${addresses.join('\n           or ')}`]
  if (setup) lines.push('', 'There is no administrator yet. Whoever opens this link becomes one:', `  ${setup}`)
  await answer(lines.join('\n'), { address: addresses[0], addresses, setupUrl: setup ?? null, pid: process.pid })
}

/** A second one ends the process at once. */
const nextSignal = () =>
  new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve)
  })
