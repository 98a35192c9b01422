import { type Context, Hono } from 'hono'
import type { App, Env } from '../context'
import { findByUpload } from '../files/model'
import { viewer } from '../http/viewer'
import { receiving } from './patience'
import { acceptUpload, isUploadOf } from './receive'
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
  .all('/*', (c) => handle(c))
  .all('/', (c) => handle(c))

async function handle(c: Context<Env>): Promise<Response> {
  const me = viewer(c)
  if (c.req.method === 'POST') await c.var.app.limits.take('uploads', me.id)
  const resumable = await resumableOf(c.var.app)
  if (!c.req.raw.body) return resumable.handle(c.req.raw, me)
  return receiving(c, (came) => resumable.handle(c.req.raw, me, came))
}

/** Finds the file of an upload whose last response was lost, when the client asks for the upload again. */
async function findFinished(c: Context<Env>) {
  const id = c.req.param('id') ?? ''
  return isUploadOf(viewer(c), id) ? findByUpload(c.var.app.db, id) : undefined
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
