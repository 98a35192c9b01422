import { keepShare } from '../push/share'
import { worker } from './scope'

/**
 * What a phone shares comes as a form for the new post. It is kept here and the page takes it from there: so it is uploaded piece by
 * piece like all else, and waits where one has to sign in first. Without this worker the server takes the form itself.
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
