import { findAll, onContent } from './dom'

const SEEN_MS = 1000
const PAUSE_MS = 1500

/** Marks posts of the inbox as read that have been half in view for a second. */
export function watchReading() {
  if (location.pathname !== '/inbox') return
  const timers = new Map<Element, ReturnType<typeof setTimeout>>()
  const seen = new Set<number>()
  let sending: ReturnType<typeof setTimeout> | undefined

  const send = () => {
    sending = undefined
    const postIds = [...seen].slice(0, 100)
    if (!postIds.length) return
    for (const id of postIds) seen.delete(id)
    const headers = { 'content-type': 'application/json' }
    void fetch('/api/inbox/read', { method: 'PUT', headers, body: JSON.stringify({ postIds }), keepalive: true }).catch(
      () => {},
    )
  }
  const read = (post: HTMLElement) => {
    seen.add(Number(post.dataset.post))
    watcher.unobserve(post)
    if (sending === undefined) sending = setTimeout(send, PAUSE_MS)
  }
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio, intersectionRect, rootBounds } of entries) {
        // A post that is taller than the window counts when it fills half of the window.
        const isSeen = intersectionRatio >= 0.5 || intersectionRect.height >= (rootBounds?.height ?? Infinity) / 2
        clearTimeout(timers.get(target))
        timers.delete(target)
        if (isSeen) timers.set(target, setTimeout(read, SEEN_MS, target))
      }
    },
    { threshold: [0, 0.25, 0.5] },
  )
  onContent(() => {
    for (const post of findAll('#main .post.unread')) watcher.observe(post)
  })
  addEventListener('pagehide', send)
}
