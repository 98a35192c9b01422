import { expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { problem, type Somebody, TINY, testApp } from '../../../test/harness'
import { users } from '../../users/table'
import { auditFiles } from '../audit'
import { files } from '../table'
import { readCues, writeCues } from './cues'

const SRT =
  '\uFEFF1\r\n00:00:01,000 --> 00:00:02,500\r\n{\\an8}<font color="red">Sea & <i>sky</i></font>\r\n\r\n' + //
  '2\r\n00:00:03,000 --> 00:01:00,000\r\n<script>5 < 6</script>\r\n'

async function withFilm() {
  const t = await testApp()
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const id = await t.photo(ann)
  // a stand-in for a processed video of ten seconds
  await t.app.write((tx) => tx.update(files).set({ kind: 'video', duration: 10 }).where(eq(files.id, id)))
  const add = (language: string, text: string, as: Somebody = ann) =>
    t.api(as, `POST /files/${id}/captions`, { language, text })
  const get = async (url: string, as?: Somebody) => {
    const answer = await t.request(url, { as })
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
  }
  const stored = () => [...new Bun.Glob('*/*.vtt').scanSync(`${t.dir}/media/${id}`)].sort()
  return { ...t, ann, bob, id, add, get, stored }
}

test('SRT and WebVTT become clean WebVTT', () => {
  const cues = readCues(SRT)
  expect(writeCues(cues as Exclude<typeof cues, string>, 10)).toBe(
    'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nSea &amp; <i>sky</i>\n\n00:00:03.000 --> 00:00:10.000\n5 &lt; 6\n',
  )
  const vtt = readCues(
    'WEBVTT - a title\nX: y\n\nSTYLE\n::cue { color: red }\n\nNOTE from me\n\nid\n00:02.000 --> 00:03.000 align:start region:a line:90%\n' +
      '<v Ann>Hi</v> <c.loud>there</c> <00:02.500>you\n\n1:00:00.000 --> 1:00:01.000\nlate',
  )
  expect(vtt).toEqual([
    { start: 2, end: 3, place: 'align:start line:90%', text: '<v Ann>Hi</v> there you' },
    { start: 3600, end: 3601, place: '', text: 'late' },
  ])
  expect(
    ['', 'hello', '1\n00:00:03,000 --> 00:00:03,000\nx', '1\n00:00:xx,000 --> 00:00:03,000\nx'].map(readCues),
  ).toEqual(['none', 'none', 'order', 'times'])
})

test('the owner gives a video captions in several languages, and only people who may see the post read them', async () => {
  using t = await withFilm()
  expect((await t.add('en', SRT)).status).toBe(200)
  const { body } = await t.add('KO', 'WEBVTT\n\n00:01.000 --> 00:02.000\n바다')
  expect(body.captions).toMatchObject([{ language: 'en' }, { language: 'ko' }])
  const [, korean] = body.captions
  expect(await t.get(korean.url, t.ann)).toMatchObject({
    status: 200,
    type: 'text/vtt; charset=utf-8',
    text: expect.stringContaining('바다'),
  })
  const post = (await t.api(t.ann, 'POST /posts', { price: 5, fileIds: [t.id] })).body
  expect((await t.get(korean.url, t.bob)).status).toBe(403)
  expect((await t.get(korean.url)).status).toBe(403)
  const [locked] = (await t.api(t.bob, `GET /posts/${post.id}`)).body.files
  expect(locked.captions).toBeUndefined()
  expect(await auditFiles(t.app.db, t.app)).toEqual({ files: 1, faults: [] })
  let kept = 0
  for await (const { bytes, name } of t.app.storage.list()) kept += name.endsWith('.vtt') ? bytes : 0
  const used = (await t.api(t.ann, 'GET /users/account')).body.storage.used
  expect(used).toBe(5 * TINY.length + kept)

  const page = await (await t.request(`/posts/${post.id}`, { browser: t.ann })).text()
  expect(page.includes('srclang="ko"') || !page.includes('<video')).toBe(true)
  const form = await (await t.request(`/files/${t.id}/captions`, { browser: t.ann })).text()
  expect(form).toContain('한국어')
})

test('captions that are replaced or taken back are gone, and links to them end', async () => {
  using t = await withFilm()
  const first = (await t.add('en', SRT)).body.captions[0].url
  const [second] = (await t.add('en', 'WEBVTT\n\n00:01.000 --> 00:02.000\nOther')).body.captions
  expect((await t.get(first, t.ann)).status).toBe(410)
  await t.runJobs()
  expect(t.stored()).toHaveLength(1)
  expect((await t.get(second.url.replace(/[^/]+$/, first.split('/').at(-1)), t.ann)).status).toBe(404)
  const { body } = await t.api(t.ann, `DELETE /files/${t.id}/captions/en`)
  expect(body.captions).toEqual([])
  await t.runJobs()
  expect([t.stored(), (await t.get(second.url, t.ann)).status]).toEqual([[], 410])
  expect((await t.api(t.ann, 'GET /users/account')).body.storage.used).toBe(5 * TINY.length)

  await t.add('en', SRT)
  await t.api(t.ann, `PATCH /files/${t.id}`, { trim: { start: 1, end: 2 } })
  const [file] = await t.app.db.select().from(files)
  expect(file!.captions).toEqual({})
})

test('captions are refused with a reason', async () => {
  using t = await withFilm()
  const refused = async (language: string, text: string) => (await t.add(language, text)).body.errors?.[0]
  expect(await refused('en', 'hello')).toEqual({
    path: 'text',
    message: 'There are no subtitles in this text. It must be WebVTT or SRT.',
  })
  expect(await refused('../x', SRT)).toMatchObject({ path: 'language' })
  expect(await refused('en', `${SRT}${'x'.repeat(300_000)}`)).toMatchObject({ path: 'text' })
  expect((await t.add('en', SRT, t.bob)).status).toBe(404)
  expect((await t.api(null, `POST /files/${t.id}/captions`, { language: 'en', text: SRT })).status).toBe(401)
  expect((await t.api(t.bob, `DELETE /files/${t.id}/captions/en`)).status).toBe(404)
  const photo = await t.photo(t.ann)
  const answer = await t.api(t.ann, `POST /files/${photo}/captions`, { language: 'en', text: SRT })
  expect([answer.status, answer.body.code]).toEqual([409, 'no_video'])
})

test('marks of players that never end are read as text', () => {
  const cues = readCues(`00:01.000 --> 00:02.000\n${'{\\'.repeat(2_000_000)}`)
  expect(cues).toEqual([{ start: 1, end: 2, place: '', text: '{\\'.repeat(500) }])
})

test('what was stored for captions that are refused in the end is erased', async () => {
  using t = await withFilm()
  await t.add('en', SRT)
  const inUse = t.stored()
  const many = [
    'aa',
    'ab',
    'af',
    'ak',
    'am',
    'an',
    'ar',
    'as',
    'av',
    'ay',
    'az',
    'ba',
    'be',
    'bg',
    'bi',
    'bm',
    'bn',
    'bo',
    'br',
  ]
  for (const language of many) expect((await t.add(language, SRT)).status).toBe(200)
  expect(await t.add('bs', SRT)).toEqual(problem(409, 'too_many_languages'))
  for (const language of many) await t.api(t.ann, `DELETE /files/${t.id}/captions/${language}`)
  await t.app.write((tx) => tx.update(users).set({ storageUsed: 1e15 }).where(eq(users.id, t.ann.id)))
  for (const text of ['one', 'two'])
    expect(await t.add('ko', `00:01.000 --> 00:02.000\n${text}`)).toEqual(problem(413, 'quota_exceeded'))
  t.pass(3600_000)
  await t.runJobs()
  expect(t.stored()).toEqual(inUse)
  expect(await auditFiles(t.app.db, t.app)).toEqual({ files: 1, faults: [] })
})
