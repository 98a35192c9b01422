import { findAll } from './dom'

const KEY = 'muted posts'

const idsOfMuted = () => new Set<string>(JSON.parse(sessionStorage.getItem(KEY) ?? '[]'))

/**
 * Takes posts out of lists that the browser kept from before somebody muted them on a later page, when they go back.
 * Profiles, bookmarks and other lists that show muted posts keep them.
 */
export function watchMuted() {
  document.addEventListener('htmx:after:request', (event) => {
    const { request, response } = (event as CustomEvent).detail.ctx
    const [, id] = /^\/muted-posts\/(\d+)/.exec(request.action) ?? []
    if (!id || !(response?.status < 400)) return
    const ids = idsOfMuted()
    if (request.method === 'DELETE') ids.delete(id)
    else ids.add(id)
    sessionStorage.setItem(KEY, JSON.stringify([...ids]))
  })
  window.addEventListener('pageshow', ({ persisted }) => {
    const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    if (!persisted && entry?.type !== 'back_forward') return
    for (const id of idsOfMuted())
      for (const post of findAll(`[data-offered] > [data-post="${CSS.escape(id)}"]`)) post.remove()
  })
}
