import { worker } from './scope'

type Payload = { kind: string; title: string; body: string; url: string; tag: string }

export function showPushes() {
  worker.addEventListener('push', (event) => {
    const payload = read(event.data)
    if (payload) event.waitUntil(show(payload))
  })
  worker.addEventListener('notificationclick', (event) => {
    event.notification.close()
    event.waitUntil(open(String(event.notification.data ?? '/')))
  })
}

function read(data: PushMessageData | null): Payload | null {
  try {
    return data?.json() ?? null
  } catch {
    return null
  }
}

/**
 * Shows a notification, which replaces one with the same tag. Open pages are told, too, so that they can show the
 * message where the browser cannot.
 */
async function show(payload: Payload) {
  const { title, body, url, tag } = payload
  const shown = await worker.registration
    .showNotification(title, { body, tag, data: url, icon: '/icon-192.png', badge: '/badge-96.png' })
    .then(
      () => true,
      () => false,
    )
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  for (const page of pages) page.postMessage({ push: payload, shown })
  if (!shown) return
  const waiting = await worker.registration.getNotifications()
  await worker.navigator.setAppBadge?.(waiting.length || 1).catch(() => {})
}

/**
 * Focuses the page if it is open, otherwise reuses another page of this site or opens a new one. Never opens another
 * site.
 */
async function open(path: string) {
  const url = new URL(path, worker.location.origin)
  if (url.origin !== worker.location.origin) return
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = pages.find((page) => page.url === url.href)
  if (there) return void (await there.focus())
  const [other] = pages
  const moved = await other?.navigate(url.href).catch(() => null)
  if (moved) await moved.focus()
  else await worker.clients.openWindow(url.href)
}
