import { join } from 'node:path'
import { openStore } from '../src/db/open'
import { readKeys } from '../src/keys'
import { COMPILERS } from './built'
import { databaseOf, postgresEnv } from './postgres/databases'

/** The command line of the program: of the executable that `npm test` has built, which starts faster, or its sources. */
export const PROGRAM = process.env.TEST_PROGRAM
  ? [process.env.TEST_PROGRAM]
  : [process.execPath, 'run', join(import.meta.dir, '../src/main.ts')]

/** Makes an empty community in the folder, like the first start of a server, for commands that need one. */
export function makeCommunity(dataDir: string) {
  readKeys(dataDir)
  openStore(join(dataDir, 'pinhole.sqlite')).close()
}

type Options = { env?: Record<string, string>; stdin?: string }

/** Starts the program in its own process. Its environment contains only `env`, and nothing else that changes an answer. */
export function spawnPinhole(args: string[], { env = {}, stdin = '' }: Options = {}) {
  const databaseUrl = databaseOf(args[args.indexOf('--data') + 1] ?? '')
  return Bun.spawn([...PROGRAM, ...args], {
    env: { ...COMPILERS, ...(databaseUrl && postgresEnv(databaseUrl)), ...env },
    stdin: new Blob([stdin]),
    stdout: 'pipe',
    stderr: 'pipe',
  })
}

export async function pinhole(
  args: string[],
  options?: Options,
): Promise<{ status: number; out: string; err: string }> {
  const child = spawnPinhole(args, options)
  const [status, out, err] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  return { status, out, err }
}

export type Serving = Awaited<ReturnType<typeof servePinhole>>

type Server = { port?: number; args?: string[]; env?: Record<string, string> }

/**
 * Starts a server, on any free port unless one is given. The result includes what the server printed when it was ready.
 */
export async function servePinhole(dataDir: string, { port = 0, args = [], env = {} }: Server = {}) {
  const child = spawnPinhole(['serve', String(port), '--host', '127.0.0.1', '--data', dataDir, '--json', ...args], {
    env,
  })
  const errors = new Response(child.stderr).text()
  const { value } = await child.stdout.getReader().read()
  if (!value) throw new Error(`The server did not start: ${await errors}`)
  const answer = JSON.parse(Buffer.from(value).toString()) as {
    address: string
    addresses: string[]
    setupUrl: string | null
    pid: number
  }
  return {
    ...answer,
    startedPid: child.pid,
    async stop(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL' = 'SIGTERM'): Promise<{ status: number; err: string }> {
      child.kill(signal)
      return { status: await child.exited, err: await errors }
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await child.exited
    },
  }
}
