import { expect } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json } from '../harness'
import { photo } from '../photos'
import type { HostileFile } from './hostile-files'
import type { Somebody, TestServer } from './server'

/** Counts the child processes of the server and returns the memory of the largest one in megabytes. */
function childrenOf({ pid }: TestServer): { count: number; residentMb: number } {
  const sizes = readdirSync('/proc').flatMap((each) => {
    try {
      const status = /^\d+$/.test(each) ? readFileSync(`/proc/${each}/status`, 'latin1') : ''
      return status.includes(`PPid:\t${pid}\n`) ? [Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024] : []
    } catch {
      return [] // The process has ended in the meantime.
    }
  })
  return { count: sizes.length, residentMb: Math.max(0, ...sizes) }
}

/** Waits until a file is processed, which takes a while for videos. */
async function settled(ann: Somebody, id: number): Promise<Json> {
  for (const end = Date.now() + 120_000; Date.now() < end; await Bun.sleep(50)) {
    const file = await ann.ask(`GET /files/${id}`)
    if (file.status !== 'processing') return file
  }
  throw new Error(`File ${id} was not processed in time.`)
}

async function upload(ann: Somebody, name: string, bytes: Uint8Array) {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bytes)]), name)
  return ann.call('POST /files', form)
}

/**
 * Ann uploads each file and the outcome is compared with the expected one. The server must keep answering, the worker
 * must stay within `mostMb`, an ordinary photo must still work afterwards, and nothing may be left on disk. Stops the
 * server. Returns the ids of the files that are shown, by name.
 */
export async function uploadHostileFiles(
  server: TestServer,
  ann: Somebody,
  files: HostileFile[],
  mostMb: number,
): Promise<Map<string, number>> {
  const watched = { answers: [] as Promise<Response>[], most: { count: 0, residentMb: 0 } }
  const watch = setInterval(() => {
    const now = childrenOf(server)
    watched.most = {
      count: Math.max(now.count, watched.most.count),
      residentMb: Math.max(now.residentMb, watched.most.residentMb),
    }
    watched.answers.push(server.fetch('/healthz'))
  }, 50)
  const ready = new Map<string, number>()
  for (const { name, bytes, expected } of files) {
    const { status, body } = await upload(ann, name, bytes)
    if (status !== 201) {
      expect([name, status, body.code]).toEqual([
        name,
        415,
        typeof expected === 'object' && 'refused' in expected ? expected.refused : expected,
      ])
      expect([name, body.detail.length > 20]).toEqual([name, true])
      continue
    }
    const file = await settled(ann, body.id)
    const codes = typeof expected === 'object' && 'failed' in expected ? expected.failed : []
    const fine =
      expected === 'shown' ? file.status === 'ready' : expected === 'either' || codes.includes(file.error?.code)
    expect([name, fine || [file.status, file.error]]).toEqual([name, true])
    if (file.status === 'failed') {
      expect([name, file.error.code]).not.toEqual([name, 'interrupted']) // a crash is not a reason
      expect([name, file.error.message]).toEqual([name, expect.stringMatching(/^[A-Z].{20,}\.$/)])
    } else ready.set(name, file.id)
  }
  // The next job must run normally.
  const next = await upload(ann, 'a.jpg', await photo().jpeg().toBuffer())
  expect((await settled(ann, next.body.id)).status).toBe('ready')
  clearInterval(watch)
  expect(new Set((await Promise.all(watched.answers)).map(({ status }) => status))).toEqual(new Set([200]))
  // There may be a worker for photos, one for videos, and one that is just ending.
  expect([watched.most.count <= 3, watched.most.residentMb < mostMb || watched.most.residentMb] as unknown).toEqual([
    true,
    true,
  ])

  const left = (dir: string) => [...new Bun.Glob('**/*').scanSync({ cwd: join(server.dir, dir), dot: true })]
  expect([left('uploads'), left('work'), left('media').filter((path) => path.includes('.part-'))]).toEqual([[], [], []])
  const { status, err } = await server.stop()
  expect([status, err.split('\n').filter((line) => / error /.test(line)), childrenOf(server).count]).toEqual([0, [], 0])
  return ready
}
