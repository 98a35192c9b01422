import { type Context, Hono } from 'hono'
import type { App, Env } from '../context'
import { findByUpload, isFree } from '../files/model'
import { viewer } from '../http/viewer'
import { Problem } from '../problem'
import { isUploadOf } from './ids'
import { receiving } from './patience'
import { acceptUpload } from './receive'
import type { Resumable } from './tus'

const resumables = new WeakMap<App, Promise<Resumable>>()

/** Loads the tus library with the first upload, since most runs of the program need none. */
function resumableOf(app: App): Promise<Resumable> {
  const made = resumables.get(app) ?? import('./tus').then(({ createResumable }) => createResumable(app))
  resumables.set(app, made)
  return made
}

export const uploads = new Hono<Env>()
  .get('/:id', async (c) => {
    const finished = await findFinished(c)
    if (finished) return describe(c, finished)
    try {
      return await withFile(c, await handle(c))
    } catch (error) {
      const made = await findFinished(c) // It was finished in the meantime.
      if (made) return describe(c, made)
      throw error
    }
  })
  .all('/:id', async (c) => {
    if (c.req.method === 'PATCH') await findFinished(c)
    return handle(c)
  })
  .all('/*', (c) => handle(c))
  .all('/', (c) => handle(c))

async function handle(c: Context<Env>): Promise<Response> {
  const me = viewer(c)
  if (c.req.method === 'POST') await c.var.app.limits.take('uploads', me.id)
  const resumable = await resumableOf(c.var.app)
  if (!c.req.raw.body) return resumable.handle(c.req.raw, me)
  return receiving(c, (came) => resumable.handle(c.req.raw, me, came))
}

/**
 * Finds the file of an upload whose last response was lost, when the client asks for the upload again. A file that was
 * deleted or is in use gets 410, upon which clients start a new upload.
 */
async function findFinished(c: Context<Env>) {
  const { db } = c.var.app
  const id = c.req.param('id') ?? ''
  const file = isUploadOf(viewer(c), id) ? await findByUpload(db, id) : undefined
  if (file && !(await isFree(db, file)))
    throw new Problem('gone', 'The file of this upload was deleted or is already in use. Upload it again.')
  return file
}

function describe(c: Context<Env>, { id, bytes }: { id: number; bytes: number }) {
  const length = String(bytes)
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-offset': length,
    'upload-length': length,
    'content-location': `/api/files/${id}`,
  }
  return c.body(null, 200, { ...headers, 'cache-control': 'no-store' })
}

/** Creates the file of an upload whose bytes are complete, but whose server stopped before creating the file. */
async function withFile(c: Context<Env>, response: Response): Promise<Response> {
  const [offset, length] = [response.headers.get('upload-offset'), response.headers.get('upload-length')]
  if (length === null || offset !== length || length === '0') return response
  const file = await acceptUpload(c.var.app, viewer(c), c.req.param('id')!, '')
  response.headers.set('content-location', `/api/files/${file.id}`)
  return response
}
