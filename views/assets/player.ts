import { find, findAll } from './dom'
import { askAgain, mayTry } from './fresh'

const KEPT_MS = 30 * 24 * 3600_000
const key = (video: HTMLVideoElement) => `video-${video.dataset.video}`

type Kept = { at: number; seconds: number }

/** What the browser's own player lacks: where one was, keys, one sound at a time, and fresh links when the old ones have run out. */
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
    // it may have been quicker than we
    if (video.error) void refresh(video)
    if (video.readyState) resume(video)
  }
  for (const type of ['keydown', 'keyup'] as const) document.addEventListener(type, pressed, true)
  document.addEventListener('htmx:before:swap', noteUnlocking)
  document.addEventListener('htmx:after:swap', playUnlocked)
}

const inSight = new WeakSet<Element>()

/** What is swiped or scrolled away stops, unless it plays in a window of its own. */
const outOfSight = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    const left = !isIntersecting && inSight.delete(target)
    if (isIntersecting) inSight.add(target)
    else if (left && target !== document.pictureInPictureElement) (target as HTMLVideoElement).pause()
  }
})

/** Events of media do not bubble. */
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

/** A link lives for hours, a page may for longer: the post is asked for again, and it goes on where it was. */
async function refresh(video: HTMLVideoElement) {
  const [seconds, isWanted] = [video.currentTime || remembered(video), !video.paused]
  if (!mayTry(video)) return
  const fresh = (await askAgain(video))?.querySelector<HTMLVideoElement>(`[data-video="${video.dataset.video}"]`)
  if (!fresh) return
  video.poster = fresh.poster
  video.src = fresh.getAttribute('src') ?? ''
  video.addEventListener('loadedmetadata', () => (video.currentTime = seconds), { once: true })
  if (isWanted) await start(video)
}

/** Some browsers want a touch first. */
const start = (video: HTMLVideoElement) => video.play().catch(() => {})

let unlocking: string | undefined

function noteUnlocking(event: Event) {
  const { sourceElement } = (event as CustomEvent<{ ctx?: { sourceElement?: Element } }>).detail.ctx ?? {}
  unlocking = (sourceElement?.matches('.locked form') && sourceElement.getAttribute('hx-target')) || undefined
}

/** What was just paid for plays at once, if a video is what one looks at first. */
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
  if (!video.matches(':focus')) return // a button or slider of the browser's own controls has it, and its own keys
  const act = keys[event.key.toLowerCase()]
  if (!act) return
  event.preventDefault()
  event.stopImmediatePropagation() // a carousel around it has the same keys, and so has Chromium's own player
  if (event.type === 'keydown') act(video)
}

/** Not the space bar: browsers' own players start and stop by it, and would undo what we did. */
const keys: Record<string, (video: HTMLVideoElement) => void> = {
  m: (video) => (video.muted = !video.muted),
  f: (video) => void (document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen()),
  p: (video) =>
    void (document.pictureInPictureElement ? document.exitPictureInPicture() : video.requestPictureInPicture()),
  arrowleft: (video) => (video.currentTime -= SEEK_SECONDS),
  arrowright: (video) => (video.currentTime += SEEK_SECONDS),
}
