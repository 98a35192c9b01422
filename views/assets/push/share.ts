const CACHE = 'shared'
const TEXT = '/shared/text'
/** Long enough to sign in. Later, someone else might open the page for a new post. */
const KEPT_MS = 15 * 60_000
const fileAt = (n: number) => `/shared/${n}`

/** Stores what was shared. Only the last share is kept. */
export async function keepShare(form: FormData) {
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
  await cache.put(TEXT, new Response(texts.join('\n'), { headers: { 'x-until': String(Date.now() + KEPT_MS) } }))
}

/** Returns what was shared and removes it. Shares expire after a short time. */
export async function takeShare(): Promise<{ files: File[]; text: string } | null> {
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
  return Number(text?.headers.get('x-until')) > Date.now() ? { files, text: (await text?.text()) ?? '' } : null
}
