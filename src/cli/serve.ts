import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config'
import { type FolderLock, lockFolder } from '../db/lock'
import { writeLogLines } from '../db/tell'
import { log, setLogFormat } from '../log'
import { becomeOwnerOf } from '../owner'
import { compileSoon } from '../program'
import { version } from '../version'
import { addressesOf } from './addresses'
import { DATABASE, SECRETS } from './archive/format'
import { type Call, type Command, WrongUsage } from './command'
import { openControl } from './control'
import { listen } from './listen'
import { shrinkOnceSettled } from './memory'
import { notifyManager } from './notify'

/**
 * How long requests and jobs may take to finish after a stop signal. The whole shutdown must end within ten seconds.
 */
const PATIENCE_MS = 8000

export const serve: Command = {
  usage: '[PORT] [--host ADDRESS] [--tls auto]',
  about: `Runs the server on PORT (7777) until SIGTERM or Ctrl-C. It then finishes its current requests and leaves the
remaining jobs to the next start. Until there is an administrator, it prints a link to create one.
With --json the first line on stdout is {"address", "addresses", "setupUrl", "pid"}.`,
  options: {
    host: { value: 'ADDRESS', about: 'listen on this address only (0.0.0.0 means all)' },
    port: { value: 'PORT', about: 'the same as PORT' },
    tls: { value: 'auto', about: 'get a certificate for the host of PINHOLE_URL, and renew it' },
  },
  takes: [0, 1],
  anywhere: true,
  run: (call) => serveFolder(call),
}

/** Lines and values that a command adds to what a server says when it starts. */
export type Greeting = { lines: string[]; value: object }

/** Holds the data folder, and serves it until the process is stopped. `prepare` comes before that. */
export async function serveFolder(call: Call, prepare?: (config: Config) => Promise<Greeting>): Promise<void> {
  const [port] = call.args
  if (port !== undefined && (call.flag('port') !== undefined || !/^\d+$/.test(port)))
    throw new WrongUsage(`"${port}" is not a valid port, or the port was given twice.`)
  const given = await call.config()
  const uid = becomeOwnerOf(given.dataDir)
  const config = uid === undefined ? given : await call.config() // the owner may not read the same files as root
  setLogFormat(config.log)
  if (uid !== undefined) log.info('The server runs as the owner of the data folder', { uid })
  const lock = lockFolder(config.dataDir)
  try {
    const greeting = await prepare?.(config)
    if (greeting && call.flag('only-fill')) return await call.answer(greeting.lines.join('\n'), greeting.value)
    warnOfLostSecrets(config.dataDir)
    await serveUntilStopped(config, lock, call, greeting)
  } finally {
    lock.release()
  }
}

/** The server makes new secrets when there are none, which is right only for a new folder. */
function warnOfLostSecrets(dataDir: string) {
  if (!existsSync(join(dataDir, DATABASE)) || existsSync(join(dataDir, SECRETS))) return
  log.warn('The secrets were missing and are new. Everybody has to sign in again, and links and vouchers ended.', {
    missing: join(dataDir, SECRETS),
  })
}

async function serveUntilStopped(config: Config, lock: FolderLock, call: Call, greeting?: Greeting) {
  // These modules are loaded here, so that short commands start faster.
  const { createApp } = await import('../app')
  const { openApp } = await import('../open-app')
  const { handlers } = await import('../handlers')
  const { startJobs } = await import('../jobs/loop')
  const { watchClock } = await import('../upkeep/clock')
  const { sweepUnverified } = await import('../uploads/checksum')
  const { scheduleBackups } = await import('../backups/jobs')
  const { tryPhotos } = await import('./checks/media')

  const stopSignal = nextSignal()
  const stopping = new AbortController()
  void stopSignal.then(() => stopping.abort())
  process.on('unhandledRejection', (error) => log.error('Unhandled promise rejection', { error }))
  const app = await openApp(config)
  let control: { stop(): void } | undefined
  try {
    // An empty data folder has got the keys of its community by now, by which the bucket knows it.
    if (config.s3) await (await import('./own-bucket')).refuseOtherBucket(config)
    await sweepUnverified(config)
    const { fetch } = createApp(app)
    const environment = await call.environment()
    const token = await setupToken(app)
    // Bun collects garbage when a server listens, so what can be done before that is done by now.
    const server = await listen(
      config,
      (request, server) =>
        fetch(request, {
          get address() {
            return server.requestIP(request)?.address // a getter, since few requests need the address
          },
          closeAfter: (seconds) => server.timeout(request, seconds), // at most 255; 0 means never
        }),
      stopping.signal,
    ).catch((error) => {
      if (stopping.signal.aborted) return undefined // the server was stopped while it waited for a certificate
      throw error
    })
    if (!server) return
    app.onSaid(writeLogLines)
    const addresses = addressesOf(config, server.port)
    lock.listensAt(addresses[0]!)
    control = openControl(config.dataDir, {
      facts: { pid: process.pid, version, address: addresses[0]!, environment },
      tryPhotos: () => tryPhotos(app.mediaWorker, config.dataDir),
    })
    await announce(call, addresses, token && `${addresses[0]}/setup?token=${token}`, greeting)
    // Requests are answered by now, and work in the background begins.
    compileSoon()
    const stopClock = await watchClock(app)
    const stopJobs = startJobs(app, handlers)
    await scheduleBackups(app) // the process that makes them asks for the settings at the socket
    notifyManager(call.managerSocket, 'READY=1')
    const stopShrinking = shrinkOnceSettled()
    const signal = await stopSignal
    notifyManager(call.managerSocket, 'STOPPING=1')
    log.info('Stopping', { signal })
    stopShrinking()
    stopClock()
    app.events.close()
    await Promise.race([Promise.all([server.stop(), stopJobs()]), Bun.sleep(PATIENCE_MS)])
    void server.stop(true)
  } finally {
    control?.stop()
    await app.mediaWorker.stop()
    app.close()
  }
}

type Opened = Awaited<ReturnType<typeof import('../open-app')['openApp']>>

/** Signs a set-up link that is valid for a day. Every start prints a new link until there is an administrator. */
async function setupToken({ db, links, now }: Opened): Promise<string | undefined> {
  const { hasAdministrator } = await import('../users/account')
  if (await hasAdministrator(db)) return undefined
  return links.sign('setup', 0, new Date(+now() + 24 * 3600_000))
}

async function announce({ answer, say }: Call, addresses: string[], setup: string | undefined, greeting?: Greeting) {
  const [first, ...others] = addresses
  const lines = [say('Pinhole is running at {address}', { address: first! })]
  for (const address of others) lines.push(say('                   or {address}', { address }))
  if (setup)
    lines.push('', say('There is no administrator yet. Open this link to become the administrator:'), `  ${setup}`)
  if (greeting) lines.push('', ...greeting.lines)
  const value = { address: addresses[0], addresses, setupUrl: setup ?? null, pid: process.pid, ...greeting?.value }
  await answer(lines.join('\n'), value)
}

/** Waits for the first signal. A second signal ends the process immediately. */
const nextSignal = () =>
  new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve)
  })
