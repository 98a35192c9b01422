import { toast } from '../toast'

/** What is open needs no notification any more; the mark on the icon is the number of what waits. */
export function watchSeen() {
  navigator.serviceWorker?.addEventListener('message', ({ data }) => {
    if (data?.push && (!data.shown || document.visibilityState === 'visible')) toast(data.push.title)
  })
  const unread = Number(document.body.dataset.unread)
  const marking = unread ? navigator.setAppBadge?.(unread) : navigator.clearAppBadge?.()
  void marking?.catch(() => {})
  void clearHere().catch(() => {})
}

async function clearHere() {
  const registration = await navigator.serviceWorker?.getRegistration()
  const shown = (await registration?.getNotifications?.()) ?? []
  for (const each of shown) if (each.data === location.pathname) each.close()
}
