import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { password, type Script, scriptOf, setUp } from '../acceptance/script'
import { servePinhole } from '../process'
import { wireTo } from './wire'

export type Place = Awaited<ReturnType<typeof openPlace>>
export type Somebody = Script & { handle: string; token: string }

/** A server process of its own, with an administrator `boss`, on a folder that goes away with it. */
export async function openPlace(env: Record<string, string> = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-door-'))
  const server = await servePinhole(dir, { env: { PINHOLE_REGISTRATION: 'open', ...env } })
  const enter = async (handle: string): Promise<Somebody> => {
    const { token } = await scriptOf(server.address).ask('POST /sessions', { handle, password })
    return { ...scriptOf(server.address, token), handle, token }
  }
  await setUp(server).catch(async (error) => {
    await server[Symbol.asyncDispose]() // nothing is left running when it could not begin
    throw error
  })
  return {
    ...server,
    dir,
    boss: await enter('boss'),
    nobody: scriptOf(server.address),
    enter,
    /** Somebody new. */
    async join(handle: string): Promise<Somebody> {
      await scriptOf(server.address).ask('POST /users', { handle, password })
      return enter(handle)
    },
    /** What a browser or a script sends; redirects are not followed. */
    fetch: (path: string, init: RequestInit = {}) => fetch(`${server.address}${path}`, { redirect: 'manual', ...init }),
    wire: wireTo(Number(new URL(server.address).port)),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      rmSync(dir, { recursive: true })
    },
  }
}
