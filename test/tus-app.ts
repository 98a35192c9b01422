import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type As, testApp } from './harness'
import { photo } from './photos'

export const jpeg = new Uint8Array(await photo().jpeg().toBuffer())
export const tus = { 'tus-resumable': '1.0.0' }
export const bytes = { ...tus, 'content-type': 'application/offset+octet-stream' }
export const filename = { 'upload-metadata': `filename ${btoa('photo of mine.jpg')},filetype ${btoa('image/png')}` }

/** Ann and Bob, and the requests of the tus protocol, which Ann makes unless another is named. */
export async function withAnn(env: Record<string, string> = {}) {
  const t = await testApp(env)
  const [ann, bob] = [await t.user('ann'), await t.user('bob')]
  const create = (headers: Record<string, string>, body?: Uint8Array<ArrayBuffer>, as: As = ann) =>
    t.request('/api/uploads', { method: 'POST', as, headers: { ...tus, ...headers }, ...(body && { body }) })
  const start = async (length = jpeg.length) =>
    (await create({ 'upload-length': String(length), ...filename })).headers.get('location')!
  const send = (at: string, offset: number, body: Uint8Array<ArrayBuffer>, as: As = ann) =>
    t.request(at, { method: 'PATCH', as, headers: { ...bytes, 'upload-offset': String(offset) }, body })
  const head = (at: string, as: As = ann) => t.request(at, { method: 'HEAD', as, headers: tus })
  const left = async () =>
    (await readdir(join(t.dir, 'uploads')).catch(() => [])).filter((name) => !name.startsWith('.'))
  return { ...t, ann, bob, create, start, send, head, left }
}
