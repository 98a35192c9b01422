const CACHE = 'shared'
const TEXT = '/shared/text'
/** Long enough to sign in. Later, someone else might open the page for a new post. */
const KEPT_MS = 15 * 60_000
const fileAt = (n: number) => `/shared/${n}`

/**
 * Stores what was shared, for the composer. Only the last share is kept. `isOwn` says that a page of ours did it, not a
 * form that may come from anywhere.
 */
export async function keepShare(form: FormData, { isOwn = false } = {}) {
  await caches.delete(CACHE)
  const cache = await caches.open(CACHE)
  const files = form.getAll('file').filter((each) => each instanceof File && each.size > 0) as File[]
  for (const [n, file] of files.entries()) {
    const headers = { 'content-type': file.type || 'application/octet-stream', 'x-name': encodeURIComponent(file.name) }
    await cache.put(fileAt(n), new Response(file, { headers }))
  }
  const texts = ['title', 'text', 'url']
    .map((name) => form.get(name))
    .filter((text) => typeof text === 'string' && text)
  const headers = { 'x-until': String(Date.now() + KEPT_MS), 'x-own': String(isOwn) }
  await cache.put(TEXT, new Response(texts.join('\n'), { headers }))
}

/** Returns what was shared and removes it. Shares expire after a short time. */
export async function takeShare(): Promise<{ files: File[]; text: string; isOwn: boolean } | null> {
  if (!('caches' in globalThis) || !(await caches.has(CACHE))) return null
  const cache = await caches.open(CACHE)
  const files: File[] = []
  for (let n = 0; ; n++) {
    const kept = await cache.match(fileAt(n))
    if (!kept) break
    const name = decodeURIComponent(kept.headers.get('x-name') ?? '')
    files.push(new File([await kept.blob()], name, { type: kept.headers.get('content-type') ?? '' }))
  }
  const text = await cache.match(TEXT)
  await caches.delete(CACHE)
  if (!text || Number(text.headers.get('x-until')) <= Date.now()) return null
  return { files, text: await text.text(), isOwn: text.headers.get('x-own') === 'true' }
}
