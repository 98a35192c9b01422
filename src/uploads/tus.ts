import { FileStore } from '@tus/file-store'
import type { Upload } from '@tus/server'
import { Server } from '@tus/server'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { App } from '../context'
import { Problem } from '../http/errors'
import type { Account } from '../users/table'
import { uploadsDir } from './adopt'
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

export type Resumable = { handle(request: Request, owner: Account): Promise<Response> }

/** The library looks once more at an upload that came with its creation; by then its bytes have been moved to those of a file. */
class AnsweringStore extends FileStore {
  /** Uploads that have become files, until their last answer is out. */
  readonly ended = new Map<string, Upload>()

  override async getUpload(id: string): Promise<Upload> {
    return this.ended.get(id) ?? super.getUpload(id)
  }
}

/** The tus protocol 1.0 (tus.io/protocols/resumable-upload) at `/api/uploads`; an upload belongs to who made it. */
export function createResumable(app: App): Resumable {
  const owners = new WeakMap<object, Account>()
  const problems = new WeakMap<object, unknown>()
  const finished = new WeakMap<object, string>()
  const ownerOf = (request: object) => owners.get(request)!
  const datastore = new AnsweringStore({ directory: uploadsDir(app), expirationPeriodInMilliseconds: UPLOAD_MS })

  const server = new Server({
    path: '/api/uploads',
    datastore,
    relativeLocation: true,
    disableTerminationForFinishedUploads: true, // what is whole is becoming a file, and is deleted as one
    allowedOrigins: () => false,
    maxSize: () => maxUploadBytes(app),
    namingFunction: (request) => newUploadId(ownerOf(request)),
    async onIncomingRequest(request, id) {
      const owner = ownerOf(request)
      if (!isUploadOf(owner, id)) throw noSuchUpload()
      // many may have begun while there was room; each part is let in by what there is now
      if (request.method === 'PATCH') await checkRoom(app, owner, Number(request.headers.get('content-length') ?? 0))
    },
    async onUploadCreate(request, { size }) {
      await checkRoom(app, ownerOf(request), size)
      return {}
    },
    async onUploadFinish(request, upload) {
      const location = await finish(app, ownerOf(request), upload)
      datastore.ended.set(upload.id, upload)
      finished.set(request, upload.id)
      return { headers: { 'Content-Location': location } }
    },
    async onResponseError(request, error) {
      problems.set(request, error)
      return undefined
    },
  })

  return {
    async handle(request, owner) {
      owners.set(request, owner)
      const response = await server.handleWeb(request).finally(() => datastore.ended.delete(finished.get(request) ?? ''))
      const error = problems.get(request)
      if (error) throw await toProblem(app, error)
      if (response.status >= 400) throw await toProblem(app, { status_code: response.status, body: await response.text() })
      // nobody else's page is to read it
      for (const name of [...response.headers.keys()]) if (name.startsWith('access-control-')) response.headers.delete(name)
      return response
    },
  }
}

async function finish(app: App, owner: Account, { id, metadata }: Upload): Promise<string> {
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
