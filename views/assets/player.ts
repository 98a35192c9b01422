import { find, findAll } from './dom'
import { askAgain, mayTry } from './fresh'
import { keyOf } from './key'

const KEPT_MS = 30 * 24 * 3600_000
const key = (video: HTMLVideoElement) => `video-${video.dataset.video}`

type Kept = { at: number; seconds: number }

/**
 * Adds what the browser's own player lacks: it remembers the position, adds shortcuts, plays one sound at a time and
 * renews expired links.
 */
export function watchPlayers() {
  capture('loadedmetadata', resume)
  for (const type of ['timeupdate', 'pause', 'seeking']) capture(type, remember)
  capture('ended', (video) => localStorage.removeItem(key(video)))
  capture('play', (video) => {
    for (const other of document.querySelectorAll('video')) if (other !== video && !other.muted) other.pause()
    outOfSight.observe(video)
  })
  capture('error', (video) => void refresh(video))
  for (const video of findAll<HTMLVideoElement>('video[data-video]')) {
    // the video may have loaded or failed before this script ran
    if (video.error) void refresh(video)
    if (video.readyState) resume(video)
  }
  for (const type of ['keydown', 'keyup'] as const) document.addEventListener(type, pressed, true)
  document.addEventListener('htmx:before:swap', noteUnlocking)
  document.addEventListener('htmx:after:swap', playUnlocked)
}

const inSight = new WeakSet<Element>()

/** Pauses a video that is swiped or scrolled out of view, unless it plays in picture-in-picture. */
const outOfSight = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    const left = !isIntersecting && inSight.delete(target)
    if (isIntersecting) inSight.add(target)
    else if (left && target !== document.pictureInPictureElement) (target as HTMLVideoElement).pause()
  }
})

/** Media events do not bubble, so this listens in the capture phase. */
function capture(type: string, handle: (video: HTMLVideoElement) => void) {
  const listen = ({ target }: Event) => target instanceof HTMLVideoElement && target.dataset.video && handle(target)
  document.addEventListener(type, listen, true)
}

function resume(video: HTMLVideoElement) {
  const seconds = remembered(video)
  if (seconds && seconds < video.duration - 3) video.currentTime = seconds
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

/**
 * Renews the link of a video, because the page may stay open longer than the link is valid. Playback continues at the
 * same position.
 */
async function refresh(video: HTMLVideoElement) {
  if (video.dataset.stream === 'hls') return // it renews its links itself
  const [seconds, isWanted] = [video.currentTime || remembered(video), !video.paused]
  if (!mayTry(video)) return
  const fresh = (await askAgain(video))?.querySelector<HTMLVideoElement>(`[data-video="${video.dataset.video}"]`)
  if (!fresh) return
  video.poster = fresh.poster
  video.src = (video.dataset.stream ? fresh.dataset.hls : fresh.getAttribute('src')) ?? ''
  video.addEventListener('loadedmetadata', () => (video.currentTime = seconds), { once: true })
  if (isWanted) await start(video)
}

/** Some browsers require a user gesture before they start playback. */
const start = (video: HTMLVideoElement) => video.play().catch(() => {})

let unlocking: string | undefined

function noteUnlocking(event: Event) {
  const { sourceElement } = (event as CustomEvent<{ ctx?: { sourceElement?: Element } }>).detail.ctx ?? {}
  unlocking = (sourceElement?.matches('.locked form') && sourceElement.getAttribute('hx-target')) || undefined
}

/** Plays a post that was just bought if it begins with a video. */
function playUnlocked() {
  const first = unlocking && find(`${unlocking} .slides > :first-child`)
  unlocking = undefined
  const video = first && (first.matches('.film') ? first : find('.film', first))?.querySelector('video')
  if (!video) return
  video.focus({ preventScroll: true })
  void start(video)
}

const SEEK_SECONDS = 5

function pressed(event: KeyboardEvent) {
  const video = event.target
  if (!(video instanceof HTMLVideoElement) || event.ctrlKey || event.metaKey || event.altKey) return
  // a button or slider of the browser's own controls has the focus and handles its own keys
  if (!video.matches(':focus')) return
  const act = keys[keyOf(event)]
  if (!act) return
  event.preventDefault()
  // the carousel around the video uses the same keys, and so does the player of Chromium
  event.stopImmediatePropagation()
  if (event.type === 'keydown') act(video)
}

/**
 * Shortcuts of the player. The space bar is missing because browsers' own players already handle it and would undo our
 * change.
 */
const keys: Record<string, (video: HTMLVideoElement) => void> = {
  m: (video) => (video.muted = !video.muted),
  f: (video) => void (document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen()),
  p: (video) =>
    void (document.pictureInPictureElement ? document.exitPictureInPicture() : video.requestPictureInPicture()),
  arrowleft: (video) => (video.currentTime -= SEEK_SECONDS),
  arrowright: (video) => (video.currentTime += SEEK_SECONDS),
}
