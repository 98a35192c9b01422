import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { createApp } from '../src/app'
import { readConfig } from '../src/config'
import { handlers } from '../src/handlers'
import { startJobs } from '../src/jobs/loop'
import { openApp } from '../src/open-app'
import { startSession } from '../src/sessions/model'
import { createUser } from '../src/users/model'
import type { Result } from './result'

const LARGE = 50
/** The width and height of a picture of 98 megapixels. */
const SIDE = 9899
/** Pictures that arrive one after another while the large ones are processed. */
const PICTURES = 5

/** How long a photo takes behind 50 flat pictures of 98 megapixels from another person, against a photo alone. */
export async function turns(): Promise<Result[]> {
  const dir = mkdtempSync(join(tmpdir(), 'pinhole-bench-'))
  const env = { PINHOLE_RATE_LIMITS: 'off', PINHOLE_MIN_FREE_MB: '1' }
  const app = await openApp(readConfig({ data: dir }, env))
  const hono = createApp(app)
  const stopJobs = startJobs(app, handlers)
  const person = async (handle: string) => {
    const { id } = await app.write((tx) => createUser(tx, { handle, passwordHash: '' }, app.now()))
    return app.sessionTokens.sign(await app.write((tx) => startSession(tx, id, 'bench', app.now())))
  }
  const upload = async (token: string, bytes: Uint8Array<ArrayBuffer>, name: string) => {
    const body = new FormData()
    body.append('file', new File([bytes], name))
    const headers = { authorization: `Bearer ${token}` }
    const answer = await hono.request('/api/files', { method: 'POST', headers, body }, { address: '192.0.2.1' })
    if (answer.status !== 201) throw new Error(`The upload was refused: ${answer.status} ${await answer.text()}`)
    return ((await answer.json()) as { id: number }).id
  }
  const isReady = async (token: string, id: number) => {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await hono.request(`/api/files/${id}`, { headers }, { address: '192.0.2.1' })
    const { status } = (await answer.json()) as { status: string }
    if (status === 'failed') throw new Error(`File ${id} could not be processed.`)
    return status === 'ready'
  }
  try {
    const [eve, bob] = [await person('eve'), await person('bob')]
    const small = new Uint8Array(await noise(4000, 3000).jpeg().toBuffer())
    const large = new Uint8Array(await flat(SIDE).png({ compressionLevel: 9 }).toBuffer())
    /** Uploads bob's photo and returns the milliseconds until it is ready. */
    const time = async () => {
      const start = performance.now()
      const id = await upload(bob, small, 'photo.jpg')
      while (!(await isReady(bob, id))) await Bun.sleep(10)
      return performance.now() - start
    }
    await time() // the worker starts
    const alone = await medianOf(time)
    let last = 0
    for (let i = 0; i < LARGE; i++) last = await upload(eve, large, 'large.png')
    const behind = await medianOf(time)
    if (await isReady(eve, last)) throw new Error('The large pictures were processed before the photos arrived.')
    return [
      {
        name: 'a photo behind 50 large ones',
        ratio: behind / alone,
        atMost: 3,
        bound: `a photo alone, ${Math.round(alone)} ms: ${Math.round(behind)} ms`,
      },
    ]
  } finally {
    await stopJobs()
    await app.mediaWorker.stop()
    app.close()
    rmSync(dir, { recursive: true })
  }
}

async function medianOf(time: () => Promise<number>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < PICTURES; i++) times.push(await time())
  return times.sort((a, b) => a - b)[Math.floor(PICTURES / 2)]!
}

const flat = (side: number) => sharp({ create: { width: side, height: side, channels: 3, background: '#336699' } })

const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: '#808080', noise: { type: 'gaussian', mean: 128, sigma: 30 } },
  })
