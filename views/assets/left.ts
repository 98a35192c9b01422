import { find } from './dom'

const markNow = () => /(?:^|; )left=([^;]*)/.exec(document.cookie)?.[1] ?? ''

/** Whether a form has been submitted whose answer will replace the page. */
let isSending = false

/** Hides the page of a person who is no longer signed in, and reloads it, which leads to the sign-in page. */
function leave() {
  document.documentElement.hidden = true
  location.replace(location.pathname + location.search)
}

/**
 * Leaves the page if the session has ended elsewhere. Requests that are under way are not interrupted, since one of them
 * may be what ended the session, and their answers lead to the sign-in page, too.
 */
export async function leaveIfEnded() {
  if (isSending || find('.htmx-request')) return
  const answer = await fetch('/api/users/account', { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  if (answer?.status === 401 && !isSending) leave()
}

/**
 * Leaves a page that the Back button brings from a cache after somebody signed out. The mark in the page is then out of
 * date, and the page is hidden at once. While the person is signed in, nothing is asked and the scroll position stays.
 */
export function watchLeft() {
  window.addEventListener('submit', ({ defaultPrevented }) => {
    isSending ||= !defaultPrevented
  })
  window.addEventListener('pageshow', ({ persisted }) => {
    isSending = false
    const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    if (!persisted && entry?.type !== 'back_forward') return
    if ((document.documentElement.dataset.left ?? '') === markNow()) return
    leave()
  })
}
