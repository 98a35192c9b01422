import { toast } from '../toast'

/** Closes notifications for the page that is open, and shows the number of unread entries on the app icon. */
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
