import { Database } from 'bun:sqlite'
import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createApp } from '../src/app'
import { readConfig } from '../src/config'
import { handlers } from '../src/handlers'
import { startJobs } from '../src/jobs/loop'
import { openApp } from '../src/open-app'
import { startSession } from '../src/sessions/model'
import { createUser } from '../src/users/model'

const POLL_MS = 20

type Community = Awaited<ReturnType<typeof openCommunity>>

/** Opens a community with one member, in this process. Its jobs run. */
export async function openCommunity(data: string) {
  mkdirSync(data)
  const app = await openApp(
    readConfig({ data }, { PATH: process.env.PATH, PINHOLE_RATE_LIMITS: 'off', PINHOLE_MIN_FREE_MB: '1' }),
  )
  const hono = createApp(app)
  const stopJobs = startJobs(app, handlers)
  const { id } = await app.write((tx) => createUser(tx, { handle: 'ann', passwordHash: '' }, app.now()))
  const token = await app.sessionTokens.sign(await app.write((tx) => startSession(tx, id, 'bench', app.now())))
  // Asking the server over HTTP would take 3 % of what is measured.
  const books = new Database(join(data, 'pinhole.sqlite'), { readonly: true })
  const statusOf = books.query<{ status: string }, [number]>('select status from files where id = ?')
  const ask = async (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) => {
    const headers = { authorization: `Bearer ${token}`, ...init.headers }
    const answer = await hono.request(`/api${path}`, { ...init, headers }, { address: '192.0.2.1' })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as { id: number; status: string }
  }
  return {
    ask,
    token,
    /** Uploads a file and returns its id once it is ready. */
    async upload(bytes: Uint8Array, name: string): Promise<number> {
      const body = new FormData()
      body.append('file', new File([bytes as Uint8Array<ArrayBuffer>], name))
      let { id, status } = await ask('/files', { method: 'POST', body })
      while (status === 'processing') {
        await Bun.sleep(POLL_MS)
        status = statusOf.get(id)!.status
      }
      if (status !== 'ready') throw new Error(`File ${id} could not be processed.`)
      return id
    },
    async close() {
      await stopJobs()
      await app.mediaWorker.stop()
      books.close()
      app.close()
    },
  }
}

/** Uploads the files, `atOnce` of them at a time, and returns the seconds until all of them are ready. */
export async function secondsOf({ upload }: Community, files: string[], atOnce: number): Promise<number> {
  const start = performance.now()
  const waiting = files.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const file of waiting) await upload(await Bun.file(file).bytes(), basename(file))
    }),
  )
  return (performance.now() - start) / 1000
}
