import { expect, test } from 'bun:test'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { makeClips } from '../../test/clips'
import { type As, testApp } from '../../test/harness'
import { handlers } from '../handlers'
import { runNext } from '../jobs/loop'
import { VIDEO_RENDITIONS } from '../media/renditions'
import { auditFiles } from './audit'

const clips = await makeClips()

async function withAnn() {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const upload = async (path: string, as: As = ann): Promise<number> => {
    const body = new FormData()
    body.append('file', Bun.file(path), 'clip.mov')
    return (await (await t.request('/api/files', { method: 'POST', as, body })).json()).id
  }
  return { ...t, ann, bob, upload, file: async (id: number) => (await t.api(ann, `GET /files/${id}`)).body }
}

test('a video is converted to an MP4 that can be played from any point, a poster and a preview', async () => {
  using t = await withAnn()
  const id = await t.upload(clips('old.mov'))
  expect(await t.file(id)).toMatchObject({ kind: 'video', status: 'processing', duration: null })
  const post = (await t.api(t.ann, 'POST /posts', { caption: 'moving', fileIds: [id] })).body
  await t.runJobs()
  const [video] = (await t.api(t.bob, `GET /posts/${post.id}`)).body.files
  expect(video).toMatchObject({
    kind: 'video',
    status: 'ready',
    width: 160,
    height: 120,
    duration: expect.closeTo(1, 1),
  })
  expect(Object.keys(video.renditions).sort()).toEqual([...VIDEO_RENDITIONS].sort())
  const { url, type } = video.renditions.mp4
  expect([type, url.split('/').slice(-2)]).toEqual(['video/mp4', ['full', 'mp4.mp4']])

  using server = t.listen()
  const get = (headers: object = {}) =>
    fetch(`${server.url.origin}${url}`, { headers: { authorization: `Bearer ${t.bob.token}`, ...headers } })
  const whole = await get()
  expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'video/mp4'])
  const bytes = Buffer.from(await whole.arrayBuffer())
  expect(bytes.toString('latin1', 4, 8)).toBe('ftyp')
  const part = await get({ range: 'bytes=100-199' })
  expect([part.status, part.headers.get('content-type')]).toEqual([206, 'video/mp4'])
  expect(part.headers.get('content-range')).toBe(`bytes 100-199/${bytes.length}`)
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true)

  expect(await auditFiles(t.app.db, t.app)).toEqual({ files: 1, faults: [] })
  const mp4 = join(t.dir, 'media', String(id), 'full/mp4.mp4')
  bytes[bytes.length - 1]! ^= 1
  await Bun.write(mp4, bytes)
  expect((await auditFiles(t.app.db, t.app)).faults).toEqual([`file ${id}: full/mp4.mp4 has changed`])
})

test('a file that only looks like a video fails with an understandable reason', async () => {
  using t = await withAnn()
  const id = await t.upload(clips('sound.mp4'))
  await t.runJobs()
  const reason = { code: 'no_picture', message: 'This file contains no video.' }
  expect(await t.file(id)).toMatchObject({ status: 'failed', error: reason, renditions: {} })
  expect(readdirSync(join(t.dir, 'work'))).toEqual([])
})

test('deleting a video stops its conversion and leaves nothing behind', async () => {
  using t = await withAnn()
  const id = await t.upload(clips('film.mkv'))
  const { mediaWorker } = t.app
  let pid: number | null = null
  const video: typeof mediaWorker.video = (task, asking) => {
    void (async () => {
      while (!mediaWorker.videoPid) await Bun.sleep(5)
      pid = mediaWorker.videoPid
      await t.api(t.ann, `DELETE /files/${id}`)
    })()
    return mediaWorker.video(task, asking)
  }
  const app = { ...t.app, mediaWorker: { ...mediaWorker, video, image: mediaWorker.image } }
  expect(await runNext(app as typeof t.app, 'video', { handlers })).toBe(true)
  while (mediaWorker.videoPid !== null) await Bun.sleep(5) // the child has been killed, but may not have ended yet
  expect(pid).not.toBeNull()
  await t.runJobs()
  expect([
    existsSync(join(t.dir, 'media', String(id))),
    readdirSync(join(t.dir, 'work')),
    readdirSync(join(t.dir, 'uploads')),
  ]).toEqual([false, [], []])
  expect((await t.api(t.ann, `GET /files/${id}`)).status).toBe(404)
})
