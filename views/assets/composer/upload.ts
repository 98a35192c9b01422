import htmx from 'htmx.org'
import type { DetailedError, HttpResponse, Upload } from 'tus-js-client'
import { rememberPreview } from './previews'
import type { Tile } from './tile'

export type Outcome = { kind: 'done' } | { kind: 'cancelled' } | { kind: 'offline' } | { kind: 'refused'; why: string | undefined }

/** Proxies commonly refuse a request of 100 MB. */
const CHUNK_BYTES = 64 * 1024 * 1024
const RETRY_MS = [500, 2000, 5000]

/** Sends a file in pieces; one that was begun before, even in another tab, goes on where it stopped. */
export async function startUpload(tile: Tile): Promise<Outcome> {
  const { Upload } = await import('tus-js-client')
  return new Promise((resolve) => {
    const upload = new Upload(tile.file, {
      endpoint: '/api/uploads',
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MS,
      removeFingerprintOnSuccess: true,
      metadata: { filename: tile.file.name, filetype: tile.file.type },
      onShouldRetry: (error) => isPassing(error as DetailedError),
      onProgress: (sent, all) => tile.progress(all ? sent / all : 0),
      onError: (error) => {
        const outcome = outcomeOf(error as DetailedError)
        if (outcome.kind === 'refused') tile.onCancel = () => {}
        resolve(outcome)
      },
      onSuccess: ({ lastResponse }) => arrived(tile, lastResponse).then(resolve, () => resolve({ kind: 'offline' })),
    })
    tile.onCancel = () => {
      void upload.abort(true).catch(() => {})
      resolve({ kind: 'cancelled' })
    }
    void begin(upload)
  })
}

async function begin(upload: Upload) {
  const [earlier] = await upload.findPreviousUploads()
  if (earlier) upload.resumeFromPreviousUpload(earlier)
  upload.start()
}

/** The server's own tile takes the place of ours. */
async function arrived(tile: Tile, response: HttpResponse): Promise<Outcome> {
  const id = /\/files\/(\d+)$/.exec(response.getHeader('Content-Location') ?? '')?.[1]
  if (!id) return { kind: 'refused', why: undefined }
  const answer = await fetch(`/files/${id}`, { headers: { 'HX-Request': 'true' } })
  const holder = document.createElement('template')
  holder.innerHTML = answer.ok ? await answer.text() : ''
  const element = holder.content.querySelector<HTMLElement>('.file')
  if (!element) return { kind: 'refused', why: undefined }
  const hadFocus = tile.element.contains(document.activeElement)
  rememberPreview(id, tile.preview)
  tile.state = 'done'
  tile.element.replaceWith(element)
  htmx.process(element)
  if (hadFocus) element.querySelector<HTMLElement>('button:not([hidden])')?.focus()
  return { kind: 'done' }
}

const statusOf = ({ originalResponse }: DetailedError) => originalResponse?.getStatus() ?? 0
const isPassing = (error: DetailedError) => [0, 409, 423, 500, 502, 503, 504].includes(statusOf(error))

function outcomeOf(error: DetailedError): Outcome {
  if (statusOf(error) === 0) return { kind: 'offline' }
  try {
    return { kind: 'refused', why: JSON.parse(error.originalResponse?.getBody() ?? '').detail }
  } catch {
    return { kind: 'refused', why: undefined }
  }
}
