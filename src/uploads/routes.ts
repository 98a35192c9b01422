import { type Context, Hono } from 'hono'
import type { App, Env } from '../context'
import { isFree, lookUpByUpload } from '../files/model'
import { viewer } from '../http/viewer'
import { Problem } from '../problem'
import { addressOfWhole, concatenate, concatIn, concatOf } from './concatenation'
import { isPart, isUploadOf } from './ids'
import { receiving } from './patience'
import { checkBytes, checksumIn, overridden, refuseMethod } from './protocol'
import { acceptUpload } from './receive'
import type { Brought, Resumable } from './tus'

const resumables = new WeakMap<App, Promise<Resumable>>()

/** Loads the tus library with the first upload, since most runs of the program need none. */
function resumableOf(app: App): Promise<Resumable> {
  const made = resumables.get(app) ?? import('./tus').then(({ createResumable }) => createResumable(app))
  resumables.set(app, made)
  return made
}

export const uploads = new Hono<Env>()
  .post('/', begin)
  .all('/', refuseMethod)
  .get('/:id', look)
  .patch('/:id', append)
  .delete('/:id', (c) => handle(c, 'DELETE'))
  .post('/:id', (c) => {
    const method = overridden(c)
    if (method === 'HEAD') return look(c)
    return method === 'PATCH' ? append(c) : handle(c, method)
  })
  .all('/:id', refuseMethod)
  .post('/*', (c) => (c.req.path.endsWith('/uploads/') ? begin(c) : c.notFound())) // Many clients write it with a slash.

/** Begins an upload, or makes one file of the parts that have arrived. */
async function begin(c: Context<Env>): Promise<Response> {
  const me = viewer(c)
  const { app } = c.var
  const concat = concatIn(c.req.header('upload-concat'))
  if (!concat || concat === 'partial') {
    await app.limits.take('uploads', me.id)
    return handle(c, 'POST', { isPart: concat === 'partial' })
  }
  const file = await concatenate(app, me, concat.parts, await nameIn(c))
  return c.body(null, 201, {
    location: addressOfWhole(me, concat.parts),
    'content-location': `/api/files/${file.id}`,
    'upload-offset': String(file.bytes),
  })
}

async function nameIn(c: Context<Env>): Promise<string> {
  const header = c.req.header('upload-metadata')
  if (!header) return ''
  const { Metadata } = await import('@tus/server')
  try {
    return Metadata.parse(header).filename ?? ''
  } catch {
    throw new Problem(
      'unreadable',
      'Send Upload-Metadata as pairs of a name and a value in Base64, separated by commas.',
    )
  }
}

/** Says how much of an upload has arrived, and which file it became. */
async function look(c: Context<Env>): Promise<Response> {
  const finished = await findFinished(c)
  if (finished) return describe(c, finished)
  try {
    return await withFile(c, await handle(c, 'HEAD'))
  } catch (error) {
    const made = await findFinished(c) // It was finished in the meantime.
    if (made) return describe(c, made)
    throw error
  }
}

async function append(c: Context<Env>): Promise<Response> {
  checkBytes(c)
  const finished = await findFinished(c)
  if (finished && wholeOf(c)) throw new Problem('forbidden', 'This upload was made of parts and is complete.')
  return handle(c, 'PATCH')
}

/** Lets the library answer the request, as one with this method. */
async function handle(c: Context<Env>, method: string, given: Brought = {}): Promise<Response> {
  const me = viewer(c)
  const { raw: request } = c.req
  const resumable = await resumableOf(c.var.app)
  const brought = { ...given, checksum: checksumIn(c) }
  if (!request.body) return resumable.handle({ method, request }, me, brought)
  return receiving(c, (came) => resumable.handle({ method, request }, me, { ...brought, came }))
}

/**
 * Finds the file of an upload whose last response was lost, when the client asks for the upload again. A file that was
 * deleted or is in use gets 410, upon which clients start a new upload.
 */
async function findFinished(c: Context<Env>) {
  const { db } = c.var.app
  const id = c.req.param('id') ?? ''
  const file = isUploadOf(viewer(c), id) ? await lookUpByUpload(db, id) : undefined
  if (file && !(await isFree(db, file)))
    throw new Problem('gone', 'The file of this upload was deleted or is already in use. Upload it again.')
  return file
}

/** The `Upload-Concat` of an upload that was made of parts. */
const wholeOf = (c: Context<Env>) => concatOf(viewer(c), c.req.param('id') ?? '', c.req.query('parts'))

function describe(c: Context<Env>, { id, bytes }: { id: number; bytes: number }) {
  const length = String(bytes)
  const whole = wholeOf(c)
  const headers = {
    'upload-offset': length,
    'upload-length': length,
    'content-location': `/api/files/${id}`,
    ...(whole && { 'upload-concat': whole }),
  }
  return c.body(null, 200, { ...headers, 'cache-control': 'no-store' })
}

/** Creates the file of an upload whose bytes are complete, but whose server stopped before creating the file. */
async function withFile(c: Context<Env>, response: Response): Promise<Response> {
  const [offset, length] = [response.headers.get('upload-offset'), response.headers.get('upload-length')]
  const id = c.req.param('id')!
  if (length === null || offset !== length || length === '0' || isPart(id)) return response
  const file = await acceptUpload(c.var.app, viewer(c), id, '')
  response.headers.set('content-location', `/api/files/${file.id}`)
  return response
}
