import { expect, test } from 'bun:test'
import { type DetailedError, type PreviousUpload, Upload, type UrlStorage } from 'tus-js-client'
import { isOutOfReach, keepThroughRestart, mayRetry } from '../views/assets/composer/restart'
import { testApp } from './harness'
import { photo } from './photos'

/** Keeps the addresses of uploads, as the storage of a browser does when a tab is closed. */
function browserStorage(): UrlStorage {
  const kept = new Map<string, PreviousUpload>()
  return {
    findAllUploads: async () => [...kept.values()],
    findUploadsByFingerprint: async () => [...kept.values()],
    removeUpload: async (key) => void kept.delete(key),
    addUpload: async (fingerprint, upload) => {
      const key = `${fingerprint}-${kept.size}`
      kept.set(key, { ...upload, urlStorageKey: key })
      return key
    },
  }
}

/** A server behind a proxy that answers with 503 while the server starts again. */
async function behindProxy() {
  const t = await testApp({ PINHOLE_RATE_LIMITS: 'off' })
  const ann = await t.user('ann')
  const server = t.listen()
  const seen: string[] = []
  const proxy = { isDown: false, refused: 0, passes: Number.POSITIVE_INFINITY }
  const front = Bun.serve({
    port: 0,
    async fetch(request) {
      const { method, headers } = request
      if (method === 'PATCH' && proxy.passes-- <= 0) proxy.isDown = true
      if (proxy.isDown) {
        proxy.refused++
        return new Response('The server starts.', { status: 503 })
      }
      seen.push(method === 'PATCH' ? `PATCH ${headers.get('upload-offset')}` : method)
      const url = new URL(new URL(request.url).pathname, server.url)
      const body = method === 'PATCH' ? await request.bytes() : null
      return fetch(url, { method, headers: new Headers(headers), ...(body && { body }) })
    },
  })
  return { ...t, ann, seen, proxy, url: front.url, close: () => front.stop(true) }
}

const CHUNK = 64 * 1024

test('a restart of the server does not send an upload back to its first byte, nor does a closed tab', async () => {
  using t = await behindProxy()
  const file = Buffer.concat([await photo().jpeg().toBuffer(), Buffer.alloc(4 * CHUNK)])
  const urlStorage = browserStorage()
  const send = async () => {
    const { promise, resolve } = Promise.withResolvers<'sent' | DetailedError>()
    const upload = new Upload(file, {
      endpoint: `${t.url}api/uploads`,
      headers: { authorization: `Bearer ${t.ann.token}` },
      chunkSize: CHUNK,
      urlStorage,
      fingerprint: async () => 'the file',
      retryDelays: [0, 0],
      removeFingerprintOnSuccess: true,
      onAfterResponse: keepThroughRestart,
      onShouldRetry: (error) => mayRetry(error as DetailedError),
      onError: (error) => resolve(error as DetailedError),
      onSuccess: () => resolve('sent'),
    })
    const [earlier] = await upload.findPreviousUploads()
    if (earlier) upload.resumeFromPreviousUpload(earlier)
    upload.start()
    return promise
  }
  t.proxy.passes = 2
  const failed = (await send()) as DetailedError
  expect([isOutOfReach(failed), t.proxy.refused]).toEqual([true, 3]) // the chunk, and twice the question how far it came
  // another tab tries while the server is still away
  expect(isOutOfReach((await send()) as DetailedError)).toBe(true)
  Object.assign(t.proxy, { isDown: false, passes: Number.POSITIVE_INFINITY })
  expect(await send()).toBe('sent')
  expect(t.seen.filter((method) => method === 'POST')).toHaveLength(1)
  expect(t.seen.filter((each) => each.startsWith('PATCH'))).toEqual([
    ...[0, CHUNK, 2 * CHUNK, 3 * CHUNK, 4 * CHUNK].map((offset) => `PATCH ${offset}`),
  ])
  expect((await t.api(t.ann, 'GET /files')).body.items).toHaveLength(1)
  t.close()
})
