import { afterAll } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { password, type Script, scriptOf, setUp } from '../acceptance/script'
import { servePinhole } from '../process'
import { rawHttp } from './raw-http'

export type TestServer = Awaited<ReturnType<typeof startServer>>
export type Somebody = Script & { handle: string; token: string }

/** Starts a server process with an administrator `boss` on a temporary data folder. */
export async function startServer(env: Record<string, string> = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-door-'))
  const server = await servePinhole(dir, { env: { PINHOLE_REGISTRATION: 'open', ...env } })
  const signIn = async (handle: string): Promise<Somebody> => {
    const { token } = await scriptOf(server.address).ask('POST /sessions', { handle, password })
    return { ...scriptOf(server.address, token), handle, token }
  }
  await setUp(server).catch(async (error) => {
    await server[Symbol.asyncDispose]() // leave no process running if the set-up fails
    throw error
  })
  return {
    ...server,
    dir,
    boss: await signIn('boss'),
    nobody: scriptOf(server.address),
    signIn,
    /** Registers a person and signs them in. */
    async signUp(handle: string): Promise<Somebody> {
      await scriptOf(server.address).ask('POST /users', { handle, password })
      return signIn(handle)
    },
    /** Sends a request as a browser or script does. Redirects are not followed. */
    fetch: (path: string, init: RequestInit = {}) => fetch(`${server.address}${path}`, { redirect: 'manual', ...init }),
    raw: rawHttp(Number(new URL(server.address).port)),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      rmSync(dir, { recursive: true })
    },
  }
}

/** Starts a server that runs until all tests of the file are done, and signs up these people. */
export async function serverWith<Handle extends string>(handles: Handle[], env?: Record<string, string>) {
  const server = await startServer(env)
  afterAll(() => server[Symbol.asyncDispose]())
  const people = {} as Record<Handle, Somebody>
  for (const handle of handles) people[handle] = await server.signUp(handle)
  return { server, ...people }
}
