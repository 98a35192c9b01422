import type { Readable } from 'node:stream'
import { FileStore } from '@tus/file-store'
import type { Upload } from '@tus/server'
import { Server } from '@tus/server'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { App } from '../context'
import type { Viewer } from '../ports/people'
import { Problem } from '../problem'
import { uploadsDir } from './adopt'
import { type Came, counted } from './patience'
import {
  acceptUpload,
  checkRoom,
  isDiskFull,
  isUploadOf,
  maxUploadBytes,
  newUploadId,
  noSuchUpload,
  storageFull,
  tooLarge,
  UPLOAD_MS,
} from './receive'

export type Resumable = { handle(request: Request, owner: Viewer, came?: Came): Promise<Response> }

/**
 * A store that still knows uploads whose bytes were moved to a file, since the library reads an upload again when it
 * was sent with its creation.
 */
class AnsweringStore extends FileStore {
  /** Uploads that became files, until their last response is sent. */
  readonly ended = new Map<string, Upload>()

  override async getUpload(id: string): Promise<Upload> {
    return this.ended.get(id) ?? super.getUpload(id)
  }

  /** The callbacks to report received bytes to, by upload. */
  readonly toTell = new Map<string, Came>()

  override write(stream: Readable, id: string, offset: number): Promise<number> {
    return super.write(counted(stream, this.toTell.get(id)), id, offset)
  }
}

/** The state of one request. `id` is its upload; `finished` is set when the request brought the last byte. */
type Visit = { owner: Viewer; came: Came | undefined; id?: string; finished?: true; problem?: unknown }

/**
 * Implements the tus protocol 1.0 (tus.io/protocols/resumable-upload) at `/api/uploads`. Each upload belongs to the
 * person who created it.
 */
export function createResumable(app: App): Resumable {
  const visits = new WeakMap<object, Visit>()
  const visitOf = (request: object) => visits.get(request)!
  const datastore = new AnsweringStore({ directory: uploadsDir(app), expirationPeriodInMilliseconds: UPLOAD_MS })

  const server = new Server({
    path: '/api/uploads',
    datastore,
    relativeLocation: true,
    disableTerminationForFinishedUploads: true, // A complete upload becomes a file and is deleted as one.
    allowedOrigins: () => false,
    maxSize: () => maxUploadBytes(app),
    namingFunction: (request) => newUploadId(visitOf(request).owner),
    async onIncomingRequest(request, id) {
      const visit = visitOf(request)
      if (!isUploadOf(visit.owner, id)) throw noSuchUpload()
      visit.id = id
      if (visit.came) datastore.toTell.set(id, visit.came)
      // Many uploads may have started while there was space, so each part is checked against the space left now.
      if (request.method === 'PATCH')
        await checkRoom(app, visit.owner, Number(request.headers.get('content-length') ?? 0))
    },
    async onUploadCreate(request, { size }) {
      await checkRoom(app, visitOf(request).owner, size)
      return {}
    },
    async onUploadFinish(request, upload) {
      const visit = visitOf(request)
      const location = await finish(app, visit.owner, upload)
      datastore.ended.set(upload.id, upload)
      visit.finished = true
      return { headers: { 'Content-Location': location } }
    },
    async onResponseError(request, error) {
      visitOf(request).problem = error
      return undefined
    },
  })

  const leave = ({ id = '', came, finished }: Visit) => {
    if (finished) datastore.ended.delete(id)
    if (came && datastore.toTell.get(id) === came) datastore.toTell.delete(id)
  }

  return {
    async handle(request, owner, came) {
      const visit: Visit = { owner, came }
      visits.set(request, visit)
      const response = await server.handleWeb(request).finally(() => leave(visit))
      if (visit.problem) throw await toProblem(app, visit.problem)
      if (response.status >= 400)
        throw await toProblem(app, { status_code: response.status, body: await response.text() })
      // No other site may read the response.
      for (const name of [...response.headers.keys()])
        if (name.startsWith('access-control-')) response.headers.delete(name)
      return response
    },
  }
}

async function finish(app: App, owner: Viewer, { id, metadata }: Upload): Promise<string> {
  const file = await acceptUpload(app, owner, id, metadata?.filename ?? '')
  return `/api/files/${file.id}`
}

/**
 * Converts errors of the library, which are plain objects with a status, to problems. Our own problems pass through.
 */
async function toProblem(app: App, error: unknown): Promise<unknown> {
  if (error instanceof Problem) return error
  const { status_code: status, body = '' } = error as { status_code?: ContentfulStatusCode; body?: string }
  if (status === 404 || status === 410) return noSuchUpload()
  if (status === 413) return tooLarge(app)
  // The library does not say why it could not write.
  if (status === 500 && (await isDiskFull(app))) return storageFull()
  return status ? new HTTPException(status, { message: body.trim() }) : error
}
