import { expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { testApp } from '../../test/harness'
import { photo } from '../../test/photos'
import type { Job } from '../jobs/kinds'
import { jobs } from '../jobs/table'
import { posts } from '../posts/table'
import { processFile } from './jobs'

test('a post created while its last photo is being processed is published with that photo', async () => {
  using t = await testApp()
  const as = await t.user('ann')
  const body = new FormData()
  body.append('file', new File([await photo().jpeg().toBuffer()], 'photo.jpg'))
  const file = await (await t.request('/api/files', { as, method: 'POST', body })).json()
  const [job] = (await t.app.db.select().from(jobs).where(eq(jobs.kind, 'files.process'))) as Job<'files.process'>[]
  const { mediaWorker } = t.app
  const image: typeof mediaWorker.image = async (...given) => {
    await t.request('/api/posts', { as, method: 'POST', json: { caption: '', fileIds: [file.id] } })
    return mediaWorker.image(...given)
  }
  await processFile.run({ ...t.app, mediaWorker: { ...mediaWorker, image } }, job!, AbortSignal.timeout(20_000))
  expect(await t.app.db.select({ publishedAt: posts.publishedAt }).from(posts)).toEqual([{ publishedAt: t.app.now() }])
})
