import type { Readable } from 'node:stream'
import { DataStore, Server, type Upload } from '@tus/server'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { App } from '../context'
import { lookUpByUpload } from '../files/model'
import type { Viewer } from '../ports/people'
import { Problem } from '../problem'
import { dropUpload } from './adopt'
import { verified } from './checksum'
import { isPart, isUploadOf, newPartId, newUploadId, ownerOf } from './ids'
import { type Came, counted } from './patience'
import { type Checksum, VERSION } from './protocol'
import { acceptUpload, maxUploadBytes, tooLarge, UPLOAD_MS } from './receive'
import { isDiskFull, noSuchUpload, releaseReservation, reservationsOf, storageFull } from './reservations'

/** What one request brings besides its bytes: whether it begins a part of an upload, and what its bytes hash to. */
export type Brought = { came?: Came; isPart?: boolean; checksum?: Checksum | undefined }
type Asked = { method: string; request: Request }
export type Resumable = { handle(asked: Asked, owner: Viewer, brought?: Brought): Promise<Response> }

/**
 * A store that reserves room for each upload. It also still knows uploads whose bytes were moved to a file, since the
 * library reads an upload again when it was sent with its creation.
 */
class ReservingStore extends DataStore {
  /** Uploads that became files, until their last response is sent. */
  readonly ended = new Map<string, Upload>()
  /** What the request that is under way for an upload brings. */
  readonly brought = new Map<string, Brought>()
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
    const { came, checksum } = this.brought.get(id) ?? {}
    const metered = reservations.meter(id, counted(stream, came), offset)
    const body = checksum ? verified(this.#app.config, metered, checksum) : metered
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
type Visit = { owner: Viewer; brought: Brought; id?: string; finished?: true; problem?: unknown }

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
    namingFunction(request) {
      const { owner, brought } = visitOf(request)
      return brought.isPart ? newPartId(owner) : newUploadId(owner)
    },
    async onIncomingRequest(request, id) {
      const visit = visitOf(request)
      if (!isUploadOf(visit.owner, id)) throw noSuchUpload()
      visit.id = id
      datastore.brought.set(id, visit.brought)
    },
    async onUploadFinish(request, upload) {
      const visit = visitOf(request)
      if (isPart(upload.id)) return {}
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

  const leave = ({ id = '', brought, finished }: Visit) => {
    if (finished) datastore.ended.delete(id)
    if (datastore.brought.get(id) === brought) datastore.brought.delete(id)
  }

  /** Says what the library does not: that an upload is a part, and how long an unfinished one is kept. */
  async function describe(response: Response, { id = '' }: Visit) {
    if (isPart(id)) response.headers.set('upload-concat', 'partial')
    if (response.headers.has('upload-expires')) return
    const { creation_date: begun, size, offset } = await datastore.getUpload(id)
    if (begun && offset !== size)
      response.headers.set('upload-expires', new Date(+new Date(begun) + UPLOAD_MS).toUTCString())
  }

  return {
    async handle(asked, owner, brought = {}) {
      const visit: Visit = { owner, brought }
      const request = forLibrary(asked)
      visits.set(request, visit)
      const response = await server.handleWeb(request).finally(() => leave(visit))
      // The client never learns the address of an upload whose creation was refused, so it could not resume it.
      const isRefused = visit.problem || response.status >= 400
      if (isRefused) {
        const error = visit.problem ?? { status_code: response.status, body: await response.text() }
        const problem = await toProblem(app, error, () => announcedBy(datastore, request, visit))
        if (request.method === 'POST') await dropUnfinished(app, visit)
        throw problem
      }
      if (request.method === 'HEAD') await describe(response, visit)
      // No other site may read the response.
      for (const name of [...response.headers.keys()])
        if (name.startsWith('access-control-')) response.headers.delete(name)
      return response
    },
  }
}

const HEADERS = [
  'content-length',
  'content-type',
  'upload-defer-length',
  'upload-length',
  'upload-metadata',
  'upload-offset',
]

/** The library gets only the headers that it has to know, since it judges others by rules of its own. */
function forLibrary({ method, request: { url, headers, body, signal } }: Asked): Request {
  const passed = new Headers({ 'tus-resumable': VERSION })
  for (const name of HEADERS) if (headers.has(name)) passed.set(name, headers.get(name)!)
  return new Request(url, { method, headers: passed, ...(method !== 'HEAD' && { body }), signal })
}

/** The length that a client announced, or undefined if it did not or the upload is gone. */
async function announcedBy(datastore: DataStore, { headers }: Request, { id }: Visit): Promise<number | undefined> {
  const announced = Number(headers.get('upload-length'))
  if (announced || !id) return announced || undefined
  return datastore.getUpload(id).then(
    ({ size }) => size,
    () => undefined,
  )
}

const tooLong = (bytes: number) =>
  new Problem(
    'too_large',
    'These bytes go beyond the length of {bytes} that was announced for this upload.',
    { code: 'beyond_length' },
    { bytes },
  )

async function dropUnfinished(app: App, { id }: Visit): Promise<void> {
  if (id && !(await lookUpByUpload(app.db, id))) await dropUpload(app, id)
}

async function finish(app: App, owner: Viewer, { id, metadata }: Upload): Promise<string> {
  const file = await acceptUpload(app, owner, id, metadata?.filename ?? '')
  return `/api/files/${file.id}`
}

/**
 * Converts errors of the library, which are plain objects with a status, to problems. Our own problems pass through.
 */
async function toProblem(app: App, error: unknown, announced: () => Promise<number | undefined>): Promise<unknown> {
  if (error instanceof Problem) return error
  const { status_code: status, body = '' } = error as { status_code?: ContentfulStatusCode; body?: string }
  if (status === 404 || status === 410) return noSuchUpload()
  if (status === 413) {
    const length = await announced()
    return length !== undefined && length <= maxUploadBytes(app) ? tooLong(length) : tooLarge(app)
  }
  // The library does not say why it could not write.
  if (status === 500 && (await isDiskFull(app))) return storageFull()
  return status ? new HTTPException(status, { message: body.trim() }) : error
}
