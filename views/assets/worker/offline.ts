import { worker } from './scope'

const CACHE = 'offline'
const PAGE = '/offline'

/** Shows our own offline page when the network is unavailable. */
export function keepOffline() {
  worker.addEventListener('install', (event) => event.waitUntil(keep().catch(() => {})))
  worker.addEventListener('fetch', (event) => {
    const { request } = event
    if (request.method !== 'GET') return
    if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => orKept(PAGE)))
    else if (request.destination === 'style') event.respondWith(fetch(request).catch(() => orKept(request)))
  })
}

/** Caches the offline page and its stylesheets. */
async function keep() {
  const cache = await caches.open(CACHE)
  const page = await fetch(PAGE)
  if (!page.ok) return
  const styles = [...(await page.clone().text()).matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(
    ([, href]) => href ?? '',
  )
  await cache.addAll(styles)
  await cache.put(PAGE, page)
}

const orKept = async (what: RequestInfo) => (await caches.match(what)) ?? Response.error()
