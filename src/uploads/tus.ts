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

/** The library looks once more at an upload that came with its creation; by then its bytes have been moved to those of a file. */
class AnsweringStore extends FileStore {
  /** Uploads that have become files, until their last answer is out. */
  readonly ended = new Map<string, Upload>()

  override async getUpload(id: string): Promise<Upload> {
    return this.ended.get(id) ?? super.getUpload(id)
  }

  /** Who is to be told when bytes of an upload come. */
  readonly toTell = new Map<string, Came>()

  override write(stream: Readable, id: string, offset: number): Promise<number> {
    return super.write(counted(stream, this.toTell.get(id)), id, offset)
  }
}

/** What is to be remembered while a request is answered. `id` is of the upload it is about; `finished` when it brought its last byte. */
type Visit = { owner: Viewer; came: Came | undefined; id?: string; finished?: true; problem?: unknown }

/** The tus protocol 1.0 (tus.io/protocols/resumable-upload) at `/api/uploads`; an upload belongs to who made it. */
export function createResumable(app: App): Resumable {
  const visits = new WeakMap<object, Visit>()
  const visitOf = (request: object) => visits.get(request)!
  const datastore = new AnsweringStore({ directory: uploadsDir(app), expirationPeriodInMilliseconds: UPLOAD_MS })

  const server = new Server({
    path: '/api/uploads',
    datastore,
    relativeLocation: true,
    disableTerminationForFinishedUploads: true, // what is whole is becoming a file, and is deleted as one
    allowedOrigins: () => false,
    maxSize: () => maxUploadBytes(app),
    namingFunction: (request) => newUploadId(visitOf(request).owner),
    async onIncomingRequest(request, id) {
      const visit = visitOf(request)
      if (!isUploadOf(visit.owner, id)) throw noSuchUpload()
      visit.id = id
      if (visit.came) datastore.toTell.set(id, visit.came)
      // many may have begun while there was room; each part is let in by what there is now
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
      // nobody else's page is to read it
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

/** The library's refusals are plain objects with a status; ours pass through it as they are. */
async function toProblem(app: App, error: unknown): Promise<unknown> {
  if (error instanceof Problem) return error
  const { status_code: status, body = '' } = error as { status_code?: ContentfulStatusCode; body?: string }
  if (status === 404 || status === 410) return noSuchUpload()
  if (status === 413) return tooLarge(app)
  if (status === 500 && (await isDiskFull(app))) return storageFull() // it does not say why it could not write
  return status ? new HTTPException(status, { message: body.trim() }) : error
}
