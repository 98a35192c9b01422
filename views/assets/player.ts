const KEPT_MS = 30 * 24 * 3600_000
const key = (video: HTMLVideoElement) => `video-${video.dataset.video}`

type Kept = { at: number; seconds: number }

/** What the browser's own player lacks: where one was, keys, one sound at a time, and fresh links when the old ones have run out. */
export function watchPlayers() {
  capture('loadedmetadata', (video) => {
    const seconds = remembered(video)
    if (seconds && seconds < video.duration - 3) video.currentTime = seconds
  })
  capture('timeupdate', (video) => remember(video))
  capture('ended', (video) => localStorage.removeItem(key(video)))
  capture('play', (video) => {
    for (const other of document.querySelectorAll('video')) if (other !== video && !other.muted) other.pause()
  })
  capture('error', (video) => void refresh(video))
  document.addEventListener('keydown', pressed)
}

/** Events of media do not bubble. */
function capture(type: string, handle: (video: HTMLVideoElement) => void) {
  const listen = ({ target }: Event) => target instanceof HTMLVideoElement && target.dataset.video && handle(target)
  document.addEventListener(type, listen, true)
}

function remember(video: HTMLVideoElement) {
  if (video.duration > 15 && video.currentTime > 3)
    localStorage.setItem(key(video), JSON.stringify({ at: Date.now(), seconds: video.currentTime }))
}

function remembered(video: HTMLVideoElement): number {
  try {
    const { at, seconds } = JSON.parse(localStorage.getItem(key(video)) ?? '{}') as Partial<Kept>
    return at && seconds && Date.now() - at < KEPT_MS ? seconds : 0
  } catch {
    return 0
  }
}

/** A link lives for hours, a page may for longer: the post is asked for again, and playing goes on where it was. */
async function refresh(video: HTMLVideoElement) {
  const post = video.closest<HTMLElement>('[data-post]')?.dataset.post
  const [seconds, before] = [video.currentTime || remembered(video), Number(video.dataset.refreshed ?? 0)]
  if (!post || Date.now() - before < 10_000) return
  video.dataset.refreshed = String(Date.now())
  const answer = await fetch(`/posts/${post}`, { headers: { 'HX-Request': 'true' } })
  if (!answer.ok) return
  const fresh = new DOMParser()
    .parseFromString(await answer.text(), 'text/html')
    .querySelector<HTMLVideoElement>(`[data-video="${video.dataset.video}"]`)
  if (!fresh) return
  video.poster = fresh.poster
  video.src = fresh.getAttribute('src') ?? ''
  video.addEventListener('loadedmetadata', () => (video.currentTime = seconds), { once: true })
  await video.play().catch(() => {}) // some browsers want a touch first
}

const SEEK_SECONDS = 5

function pressed(event: KeyboardEvent) {
  const video = event.target
  if (!(video instanceof HTMLVideoElement) || event.ctrlKey || event.metaKey || event.altKey) return
  const act = keys[event.key.toLowerCase()]
  if (!act) return
  event.preventDefault()
  event.stopPropagation()
  act(video)
}

const keys: Record<string, (video: HTMLVideoElement) => void> = {
  ' ': (video) => void (video.paused ? video.play() : video.pause()),
  m: (video) => (video.muted = !video.muted),
  f: (video) => void (document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen()),
  p: (video) => void (document.pictureInPictureElement ? document.exitPictureInPicture() : video.requestPictureInPicture()),
  arrowleft: (video) => (video.currentTime -= SEEK_SECONDS),
  arrowright: (video) => (video.currentTime += SEEK_SECONDS),
}
