import { expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { problem, TINY, testApp } from '../../test/harness'
import { sweepLoose } from './sweep'

const DAY_MS = 24 * 3600_000

async function withPhoto() {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const file = await t.photo(ann)
  const used = async () => (await t.api(ann, 'GET /users/account')).body.storage.used
  return { ...t, ann, bob, file, used, isThere: (id: number) => existsSync(join(t.dir, 'media', String(id))) }
}

test('the owner of a file gets links to its renditions', async () => {
  using t = await withPhoto()
  const { body } = await t.api(t.ann, `GET /files/${t.file}`)
  expect(body).toMatchObject({
    id: t.file,
    kind: 'image',
    status: 'ready',
    progress: 1,
    error: null,
    width: 1,
    height: 1,
    duration: null,
    altText: '',
  })
  expect(Object.keys(body.renditions).sort()).toEqual(['blurred', 'feed', 'full', 'thumb'])
  for (const { url, type } of Object.values<{ url: string; type: string }>(body.renditions)) {
    const bytes = await t.request(url, { as: t.ann })
    expect([bytes.status, await bytes.text(), bytes.headers.get('content-type'), type]).toEqual([
      200,
      TINY,
      'image/webp',
      'image/webp',
    ])
  }
})

test('other people get 404 for the file, whatever they ask for', async () => {
  using t = await withPhoto()
  for (const call of [`GET /files/${t.file}`, `GET /files/${t.file}/original`, `POST /files/${t.file}/attempts`])
    expect([await t.api(t.bob, call), await t.api(null, call)]).toEqual([
      problem(404, 'not_found'),
      problem(401, 'unauthenticated'),
    ])
  expect(await t.api(t.bob, `PATCH /files/${t.file}`, { altText: 'x' })).toEqual(problem(404, 'not_found'))
  // the same answer as for a file that is already deleted
  expect((await t.api(t.bob, `DELETE /files/${t.file}`)).status).toBe(204)
  expect((await t.api(t.bob, 'GET /files')).body.items).toEqual([])
  expect((await t.api(t.ann, `GET /files/${t.file}`)).body.altText).toBe('')
  for (const id of ['0', '999', '-1', 'x', '1e3', '9'.repeat(20)])
    expect((await t.api(t.ann, `GET /files/${id}`)).status).toBe(404)
})

test('alt text can be set with the API and with the form', async () => {
  using t = await withPhoto()
  expect((await t.api(t.ann, `PATCH /files/${t.file}`, { altText: ' A cat <3 ' })).body.altText).toBe('A cat <3')
  expect((await t.api(t.ann, `PATCH /files/${t.file}`, { altText: 'x'.repeat(1001) })).status).toBe(422)
  expect((await t.api(t.ann, `PATCH /files/${t.file}`, {})).status).toBe(422)
  const saved = await t.request(`/files/${t.file}?_method=PATCH`, {
    method: 'POST',
    browser: t.ann,
    form: { altText: 'A dog' },
  })
  expect([saved.status, saved.headers.get('location')]).toEqual([303, '/posts/new'])
  expect((await t.api(t.ann, `GET /files/${t.file}`)).body.altText).toBe('A dog')
})

test('the owner can download the unchanged original', async () => {
  using t = await withPhoto()
  const answer = await t.request(`/api/files/${t.file}/original`, { as: t.ann })
  expect([answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([
    200,
    TINY,
    'private, no-cache',
  ])
  expect(answer.headers.get('content-disposition')).toStartWith('attachment')
})

test('deleting a file removes its bytes, links and used storage; a file in a post cannot be deleted', async () => {
  using t = await withPhoto()
  const { url } = (await t.api(t.ann, `GET /files/${t.file}`)).body.renditions.feed
  expect(await t.used()).toBe(5 * TINY.length)
  for (let i = 0; i < 2; i++) expect((await t.api(t.ann, `DELETE /files/${t.file}`)).status).toBe(204)
  expect([(await t.request(url, { as: t.ann })).status, await t.used()]).toEqual([410, 0])
  await t.runJobs()
  expect([t.isThere(t.file), (await t.api(t.ann, `GET /files/${t.file}`)).status]).toEqual([false, 404])
  const { files } = await t.post(t.ann)
  expect(await t.api(t.ann, `DELETE /files/${files[0].id}`)).toEqual(problem(409, 'file_in_use'))
  expect(t.isThere(files[0].id)).toBe(true)
})

test('files that are in no post after a week are deleted; avatars and files in posts stay', async () => {
  using t = await withPhoto()
  const avatar = await t.photo(t.ann)
  await t.api(t.ann, 'PATCH /users/account', { avatarFileId: avatar })
  const { files } = await t.post(t.ann)
  t.pass(7 * DAY_MS)
  await t.app.write((tx) => sweepLoose(tx, t.app.now()))
  expect((await t.api(t.ann, 'GET /files')).body.items.length).toBe(3)
  t.pass(1)
  await t.app.write((tx) => sweepLoose(tx, t.app.now()))
  await t.runJobs()
  const left = (await t.api(t.ann, 'GET /files')).body.items.map(({ id }: { id: number }) => id)
  expect([left.sort(), t.isThere(t.file), t.isThere(avatar)]).toEqual([[avatar, files[0].id].sort(), false, true])
})

test('the hourly sweep removes the rows of deleted files and schedules itself again', async () => {
  using t = await withPhoto()
  const { schedule } = await import('../jobs/schedule')
  for (let i = 0; i < 2; i++) await t.app.write((tx) => schedule(tx, 'upkeep.sweep', t.app.now()))
  await t.api(t.ann, `DELETE /files/${t.file}`)
  await t.runJobs()
  using other = t.openDatabase()
  const rows = () => other.query('select count(*) from files').values()[0]![0]
  expect([rows(), other.query('select kind, attempts from jobs').values()]).toEqual([1, [['upkeep.sweep', 0]]])
  t.pass(DAY_MS + 3600_000)
  await t.runJobs()
  expect([rows(), other.query('select kind from jobs').values()]).toEqual([0, [['upkeep.sweep']]])
})
