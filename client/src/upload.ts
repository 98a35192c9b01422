import type { File } from './api.js'
import { ProblemError } from './problem.js'
import type { Send } from './send.js'

export type UploadOptions = {
  /** The name of the file. A `File` has its own. */
  name?: string
  /** The address of an upload that was begun before, as `onBegin` told it, to go on with it. */
  at?: string
  /** Is called with the address of the new upload, which is kept for a day. */
  onBegin?: (at: string) => void
  onProgress?: (sent: number, total: number) => void
  signal?: AbortSignal
}

const TUS = { 'tus-resumable': '1.0.0' }
/** Proxies often refuse requests of more than 100 MB, and less is sent again after a broken connection. */
const PIECE = 16 * 2 ** 20
/** How many pieces in a row may fail. */
const MOST_FAILURES = 5

/** Uploads by tus 1.0 (https://tus.io/protocols/resumable-upload). */
export async function upload(send: Send, bytes: Blob, options: UploadOptions = {}): Promise<File> {
  const { signal, onProgress } = options
  const at = options.at ?? (await begin(send, bytes, options))
  const look = async () => send(at, { method: 'HEAD', headers: TUS, signal, repeatable: true })
  let answer = await look()
  for (let failures = 0; ; ) {
    const location = answer.headers.get('content-location')
    const sent = Number(answer.headers.get('upload-offset'))
    onProgress?.(sent, bytes.size)
    if (location) return (await send(location, { signal, repeatable: true })).json()
    if (sent >= bytes.size) throw new Error(`The server has ${sent} bytes of this upload, and the file ${bytes.size}.`)
    const headers = { ...TUS, 'upload-offset': `${sent}`, 'content-type': 'application/offset+octet-stream' }
    try {
      answer = await send(at, { method: 'PATCH', headers, body: bytes.slice(sent, sent + PIECE), signal })
      failures = 0
    } catch (error) {
      if (signal?.aborted || !mayGoOn(error) || ++failures > MOST_FAILURES) throw error
      answer = await look()
    }
  }
}

async function begin(send: Send, bytes: Blob, { name, onBegin, signal }: UploadOptions): Promise<string> {
  const called = name ?? ('name' in bytes ? `${bytes.name}` : '')
  const headers = {
    ...TUS,
    'upload-length': `${bytes.size}`,
    ...(called && { 'upload-metadata': `filename ${base64(called)}` }),
  }
  const answer = await send('/api/uploads', { method: 'POST', headers, signal })
  const at = answer.headers.get('location')
  if (!at) throw new Error('The server did not say where to upload to.')
  onBegin?.(at)
  return at
}

/** The connection broke, a proxy lost the server, or the server has another number of bytes than we believe (409). */
const mayGoOn = (error: unknown) => !(error instanceof ProblemError) || [409, 502, 504].includes(error.status)

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
