import type { DetailedError, HttpResponse, Upload } from 'tus-js-client'
import { replaceTile } from './arrival'
import { isOutOfReach, keepThroughRestart, mayRetry, statusOf } from './restart'
import type { Tile } from './tile'

export type Outcome =
  | { kind: 'done' }
  | { kind: 'cancelled' }
  | { kind: 'offline' }
  | { kind: 'refused'; why: string | undefined; isFinal?: boolean }
type Sent = { kind: 'sent'; fileId: string }

/** Proxies commonly reject requests of 100 MB. */
const CHUNK_BYTES = 64 * 1024 * 1024
const RETRY_MS = [500, 2000, 5000]

/**
 * Uploads a file and replaces its tile with the tile from the server. A retry after a network failure repeats only the
 * steps that have not been done.
 */
export async function startUpload(tile: Tile): Promise<Outcome> {
  const sent: Sent | Outcome = tile.fileId ? { kind: 'sent', fileId: tile.fileId } : await send(tile)
  if (sent.kind !== 'sent') return sent
  tile.fileId = sent.fileId
  return replaceTile(tile, sent.fileId)
}

/** Uploads the file in chunks. An upload that was started before, even in another tab, resumes where it stopped. */
async function send(tile: Tile): Promise<Sent | Outcome> {
  const { Upload } = await import('tus-js-client')
  return new Promise((resolve) => {
    const upload = new Upload(tile.file, {
      endpoint: '/api/uploads',
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MS,
      removeFingerprintOnSuccess: true,
      metadata: { filename: tile.file.name, filetype: tile.file.type },
      onAfterResponse: keepThroughRestart,
      onShouldRetry: (error) => isPassing(error as DetailedError),
      onProgress: (sent, all) => tile.progress(all ? sent / all : 0),
      onError: (error) => {
        const outcome = outcomeOf(error as DetailedError)
        if (outcome.kind === 'refused') tile.onCancel = () => {}
        resolve(outcome)
      },
      onSuccess: ({ lastResponse }) => resolve(arrivalOf(lastResponse)),
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

function arrivalOf(response: HttpResponse): Sent | Outcome {
  const fileId = /\/files\/(\d+)$/.exec(response.getHeader('Content-Location') ?? '')?.[1]
  return fileId ? { kind: 'sent', fileId } : { kind: 'refused', why: undefined }
}

/**
 * Whether an immediate retry makes sense. When the browser is offline, the queue waits for the network and the tile
 * says so.
 */
const isPassing = (error: DetailedError) => navigator.onLine && mayRetry(error)

function outcomeOf(error: DetailedError): Outcome {
  if (isOutOfReach(error)) return { kind: 'offline' }
  try {
    const why = JSON.parse(error.originalResponse?.getBody() ?? '').detail
    return { kind: 'refused', why, isFinal: statusOf(error) === 415 } // the same file is refused again
  } catch {
    return { kind: 'refused', why: undefined }
  }
}
