const asked = new Map<string, Promise<Document | null>>()

/**
 * Fetches the current version of the post around `element`, which has new links. Simultaneous calls share one request.
 */
export function askAgain(element: Element): Promise<Document | null> {
  const id = element.closest<HTMLElement>('[data-post]')?.dataset.post
  if (!id) return Promise.resolve(null)
  const answer = asked.get(id) ?? fetchPost(id).finally(() => setTimeout(() => asked.delete(id), 1000))
  asked.set(id, answer)
  return answer
}

async function fetchPost(id: string): Promise<Document | null> {
  const answer = await fetch(`/posts/${id}`, { headers: { 'HX-Request': 'true' } }).catch(() => null)
  return answer?.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null
}

const PATIENCE_MS = 10_000
const tries = new WeakMap<Element, number>()

/** Limits how often an element is retried, in case new links do not help either. */
export function mayTry(element: Element): boolean {
  const now = performance.now()
  const may = now - (tries.get(element) ?? Number.NEGATIVE_INFINITY) > PATIENCE_MS
  if (may) tries.set(element, now)
  return may
}
