import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { password, type Script, scriptOf, setUp } from '../acceptance/script'
import { servePinhole } from '../process'
import { wireTo } from './wire'

export type Place = Awaited<ReturnType<typeof openPlace>>
export type Somebody = Script & { handle: string; token: string }

/** Starts a server process with an administrator `boss` on a temporary data folder. */
export async function openPlace(env: Record<string, string> = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-door-'))
  const server = await servePinhole(dir, { env: { PINHOLE_REGISTRATION: 'open', ...env } })
  const enter = async (handle: string): Promise<Somebody> => {
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
    boss: await enter('boss'),
    nobody: scriptOf(server.address),
    enter,
    /** Registers a person and signs them in. */
    async join(handle: string): Promise<Somebody> {
      await scriptOf(server.address).ask('POST /users', { handle, password })
      return enter(handle)
    },
    /** Sends a request as a browser or script does. Redirects are not followed. */
    fetch: (path: string, init: RequestInit = {}) => fetch(`${server.address}${path}`, { redirect: 'manual', ...init }),
    wire: wireTo(Number(new URL(server.address).port)),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      rmSync(dir, { recursive: true })
    },
  }
}
