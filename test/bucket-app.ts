import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../src/app'
import { readConfig } from '../src/config'
import { openDatabase } from '../src/db/database'
import { openApp } from '../src/open-app'
import { type As, testApp } from './harness'
import { photo } from './photos'

export const jpeg = new Uint8Array(await photo({ width: 2000, height: 100 }).jpeg().toBuffer())
export const tus = { 'tus-resumable': '1.0.0' }

let communities = 0

/** A community whose media are in a folder of its own in the bucket at `s3Url`. */
export async function bucketApp(s3Url: string, env: Record<string, string> = {}) {
  const all = { PINHOLE_S3_URL: s3Url.replace('/community', `/community-${++communities}`), ...env }
  const t = await testApp(all)
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const stored = async () =>
    (await Array.fromAsync(t.app.storage.list())).map(({ fileId, name }) => `${fileId}/${name}`).sort()
  return {
    ...t,
    env: all,
    ann,
    bob,
    stored,
    uploads: () => t.app.arrivals.list(),
    async upload(as: As = ann): Promise<number> {
      const body = new FormData()
      body.append('file', new Blob([jpeg]), 'a.jpg')
      return (await (await t.request('/api/files', { method: 'POST', as, body })).json()).id
    },
  }
}

/** A second node of the same community, with a folder of its own. */
export async function secondNode({ dir, place, env, app }: Awaited<ReturnType<typeof bucketApp>>) {
  const folder = mkdtempSync(join(tmpdir(), 'pinhole-node-'))
  cpSync(join(dir, 'secrets.json'), join(folder, 'secrets.json'))
  const second = await openApp(readConfig({ data: folder }, env), app.now, await openDatabase(place))
  const hono = createApp(second)
  return {
    app: second,
    request: (path: string, as: As, init: RequestInit = {}) =>
      hono.request(path, { ...init, headers: { ...init.headers, authorization: `Bearer ${as.token}` } }),
    [Symbol.dispose]() {
      void second.mediaWorker.stop()
      second.close()
      rmSync(folder, { recursive: true })
    },
  }
}
