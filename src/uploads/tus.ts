import type { Readable } from 'node:stream'
import { DataStore, Server, type Upload } from '@tus/server'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { App } from '../context'
import { findByUpload } from '../files/model'
import type { Viewer } from '../ports/people'
import { Problem } from '../problem'
import { dropUpload } from './adopt'
import { isUploadOf, newUploadId, ownerOf } from './ids'
import { type Came, counted } from './patience'
import { acceptUpload, maxUploadBytes, tooLarge, UPLOAD_MS } from './receive'
import { isDiskFull, noSuchUpload, releaseReservation, reservationsOf, storageFull } from './reservations'

export type Resumable = { handle(request: Request, owner: Viewer, came?: Came): Promise<Response> }

/**
 * A store that reserves room for each upload. It also still knows uploads whose bytes were moved to a file, since the
 * library reads an upload again when it was sent with its creation.
 */
class ReservingStore extends DataStore {
  /** Uploads that became files, until their last response is sent. */
  readonly ended = new Map<string, Upload>()
  /** The callbacks to report received bytes to, by upload. */
  readonly toTell = new Map<string, Came>()
  readonly #app: App
  readonly #store: DataStore

  constructor(app: App, store: DataStore) {
    super()
    this.#app = app
    this.#store = store
    this.extensions = store.extensions
  }

  override async create(upload: Upload): Promise<Upload> {
    const reservations = await reservationsOf(this.#app)
    await reservations.announce(ownerOf(upload.id), upload.id, upload.size)
    try {
      const created = await this.#store.create(upload)
      reservations.share(upload.id)
      return created
    } catch (error) {
      await dropUpload(this.#app, upload.id)
      throw error
    }
  }

  override async declareUploadLength(id: string, length: number): Promise<void> {
    const reservations = await reservationsOf(this.#app)
    await reservations.announce(ownerOf(id), id, length)
    await this.#store.declareUploadLength(id, length)
    reservations.share(id)
  }

  override async getUpload(id: string): Promise<Upload> {
    return this.ended.get(id) ?? this.#store.getUpload(id)
  }

  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const reservations = await reservationsOf(this.#app)
    const body = reservations.meter(id, counted(stream, this.toTell.get(id)), offset)
    let reason: unknown // The library replaces every error with one of its own.
    body.once('error', (error) => {
      reason = error
    })
    return this.#store.write(body, id, offset).catch((error) => {
      throw reason instanceof Problem ? reason : error
    })
  }

  override async remove(id: string): Promise<void> {
    await this.#store.remove(id)
    await releaseReservation(this.#app, id)
  }

  override getExpiration(): number {
    return this.#store.getExpiration()
  }
}

/** The state of one request. `id` is its upload; `finished` is set when the request brought the last byte. */
type Visit = { owner: Viewer; came: Came | undefined; id?: string; finished?: true; problem?: unknown }

/**
 * Implements the tus protocol 1.0 (tus.io/protocols/resumable-upload) at `/api/uploads`. Each upload belongs to the
 * person who created it.
 */
export async function createResumable(app: App): Promise<Resumable> {
  const visits = new WeakMap<object, Visit>()
  const visitOf = (request: object) => visits.get(request)!
  const datastore = new ReservingStore(app, await app.arrivals.resumable(UPLOAD_MS))

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
      // The client never learns the address of an upload whose creation was refused, so it could not resume it.
      const isRefused = visit.problem || response.status >= 400
      if (isRefused && request.method === 'POST') await dropUnfinished(app, visit)
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

async function dropUnfinished(app: App, { id }: Visit): Promise<void> {
  if (id && !(await findByUpload(app.db, id))) await dropUpload(app, id)
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
