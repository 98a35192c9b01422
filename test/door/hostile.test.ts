import { afterAll, beforeAll, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { until } from '../acceptance/executable'
import { photo } from '../photos'
import { evilFiles, isPicture, SECRET } from './evil'
import { openPlace, type Place, type Somebody } from './place'

let place: Place
let ann: Somebody
beforeAll(async () => {
  place = await openPlace()
  ann = await place.join('ann')
  await Bun.write(join(place.dir, 'secret.txt'), SECRET)
})
afterAll(() => place[Symbol.asyncDispose]())

/** The server's children, and how much memory the largest of them holds, in megabytes. */
function children(): { count: number; residentMb: number } {
  const sizes = readdirSync('/proc').flatMap((pid) => {
    try {
      const status = /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/status`, 'latin1') : ''
      return status.includes(`PPid:\t${place.pid}\n`) ? [Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024] : []
    } catch {
      return [] // gone in the meantime
    }
  })
  return { count: sizes.length, residentMb: Math.max(0, ...sizes) }
}

async function upload(name: string, bytes: Uint8Array) {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bytes)]), name)
  return ann.call('POST /files', form)
}
const settled = (id: number) =>
  until('it is done', async () => {
    const file = await ann.ask(`GET /files/${id}`)
    return file.status !== 'processing' && file
  })

test('files made to hurt are refused or shown, each for a reason; meanwhile everybody is answered, and afterwards nothing is left', async () => {
  const evil = await evilFiles(join(place.dir, 'secret.txt'))
  const watched = { answers: [] as Promise<Response>[], most: { count: 0, residentMb: 0 } }
  const watch = setInterval(() => {
    const now = children()
    watched.most = { count: Math.max(now.count, watched.most.count), residentMb: Math.max(now.residentMb, watched.most.residentMb) }
    watched.answers.push(place.fetch('/healthz'))
  }, 50)
  const ready: number[] = []
  for (const { name, bytes, fate } of evil) {
    const { status, body } = await upload(name, bytes)
    if (status !== 201) {
      expect([name, status, body.code]).toEqual([name, 415, typeof fate === 'object' && 'refused' in fate ? fate.refused : fate])
      expect([name, body.detail.length > 20]).toEqual([name, true])
      continue
    }
    const file = await settled(body.id)
    const codes = typeof fate === 'object' && 'failed' in fate ? fate.failed : []
    const fine = fate === 'shown' ? file.status === 'ready' : fate === 'either' || codes.includes(file.error?.code)
    expect([name, fine || [file.status, file.error]]).toEqual([name, true])
    if (file.status === 'failed') expect([name, file.error.message]).toEqual([name, expect.stringMatching(/^[A-Z].{20,}\.$/)])
    else ready.push(file.id)
  }
  // the next job runs as if nothing had been
  const next = await upload('a.jpg', await photo().jpeg().toBuffer())
  expect((await settled(next.body.id)).status).toBe('ready')
  clearInterval(watch)
  expect(new Set((await Promise.all(watched.answers)).map(({ status }) => status))).toEqual(new Set([200]))
  // a worker for photos, one for videos, and one that is just ending
  expect([watched.most.count <= 3, watched.most.residentMb < 1800] as unknown).toEqual([true, true])

  expect(ready.length).toBeGreaterThan(5)
  for (const id of ready)
    for (const path of new Bun.Glob('{full,preview}/*').scanSync(join(place.dir, 'media', String(id)))) {
      const bytes = await Bun.file(join(place.dir, 'media', String(id), path)).bytes()
      expect([id, path, await isPicture(bytes)]).toEqual([id, path, true])
      for (const word of [SECRET, '<script', 'alert', 'PK\x03\x04', '%PDF'])
        expect([id, path, word, Buffer.from(bytes).includes(word)]).toEqual([id, path, word, false])
    }
  const left = (dir: string) => [...new Bun.Glob('**/*').scanSync({ cwd: join(place.dir, dir), dot: true })]
  expect([left('uploads'), left('work'), left('media').filter((path) => path.includes('.part-'))]).toEqual([[], [], []])
  const { status, err } = await place.stop()
  expect([status, err.split('\n').filter((line) => / error /.test(line)), children().count]).toEqual([0, [], 0])
}, 60_000)
