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

/** One with the same tag takes the place of what is shown. Open pages are told, too; where a browser shows none they still say it. */
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

/** The page that shows it already, else any page of ours, else a new one; never somebody else's. */
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
