import { keepShare } from '../push/share'
import { worker } from './scope'

/**
 * Receives what is shared from the phone, which arrives as a form for a new post. It is stored here and fetched by the
 * page, so that it is uploaded in chunks like any other file and survives signing in. Without this worker, the server
 * handles the form itself.
 */
export function catchShares() {
  worker.addEventListener('fetch', (event) => {
    const { request } = event
    if (request.method !== 'POST' || new URL(request.url).pathname !== '/posts/new') return
    event.respondWith(take(request))
  })
}

async function take(request: Request): Promise<Response> {
  const untouched = request.clone()
  try {
    await keepShare(await request.formData())
    return Response.redirect('/posts/new?shared', 303)
  } catch {
    return fetch(untouched)
  }
}
