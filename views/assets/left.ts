const markNow = () => /(?:^|; )left=([^;]*)/.exec(document.cookie)?.[1] ?? ''

/**
 * Reloads a page that the Back button brings from a cache after somebody signed out. The mark in the page is then out of
 * date, and the page is hidden at once. While the person is signed in, nothing is asked and the scroll position stays.
 */
export function watchLeft() {
  window.addEventListener('pageshow', ({ persisted }) => {
    const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    if (!persisted && entry?.type !== 'back_forward') return
    if ((document.documentElement.dataset.left ?? '') === markNow()) return
    document.documentElement.hidden = true
    location.reload()
  })
}
