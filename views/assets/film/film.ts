import { durationText } from '../../parts/duration'
import { find, findAll, on, onContent } from '../dom'
import { keyOf } from '../key'
import { watchPreviews } from './previews'
import { openStream } from './stream'
import type { Stream } from './streaming'

const FILM = '.film[data-film]'
const IDLE_MS = 3000
const SEEK_SECONDS = 5

type Start = { video: HTMLVideoElement; film: HTMLElement }

/** The streams of videos that were started, by their video. */
const streams = new Map<HTMLVideoElement, Stream>()
const starting = new WeakMap<HTMLVideoElement, Promise<void>>()

/** Gives long videos controls of their own: the choice of a quality and of subtitles, and previews on the seek bar. */
export function watchFilms() {
  onContent(() => {
    findAll(FILM).forEach(setUpFilm)
    for (const [video, stream] of streams) if (!video.isConnected) dropStream(video, stream)
  })
  for (const type of [
    'play',
    'playing',
    'pause',
    'ended',
    'waiting',
    'timeupdate',
    'progress',
    'volumechange',
  ] as const)
    document.addEventListener(type, ({ target }) => withFilm(target, (each) => react(type, each)), true)
  document.addEventListener('loadedmetadata', ({ target }) => withFilm(target, goToStart), true)
  document.addEventListener('fullscreenchange', markFull)
  document.addEventListener('keydown', pressed, true)
  const here = (selector: string, act: (each: Start, element: HTMLElement) => void) =>
    on('click', `${FILM} ${selector}`, (element) => withFilm(element, (each) => act(each, element)))
  here('[data-film-play]', ({ video }) => void toggle(video))
  here('[data-film-mute]', ({ video }) => (video.muted = !video.muted))
  here('[data-film-full]', goFull)
  on('click', `${FILM} video`, (element, event) => withFilm(element, (each) => tapped(each, event)))
  on('pointermove', FILM, wake, { passive: true })
  on('focusin', FILM, wake)
  on('input', '[data-film-seek]', (range) => withFilm(range, (each) => showPosition(each, secondsOf(range))))
  on('change', '[data-film-seek]', (range) => withFilm(range, ({ video }) => seek(video, secondsOf(range))))
  on('change', '[data-film-captions]', (choice) => withFilm(choice, (each) => chooseCaptions(each, textOf(choice))))
  on('change', '[data-film-quality]', (choice) =>
    withFilm(choice, ({ video }) => streams.get(video)?.choose(Number(textOf(choice)) || null)),
  )
  watchPreviews()
}

const secondsOf = (range: HTMLElement) => (range as HTMLInputElement).valueAsNumber
const textOf = (choice: HTMLElement) => (choice as HTMLSelectElement).value

function withFilm(target: EventTarget | null, act: (each: Start) => void) {
  const film = target instanceof Element ? target.closest<HTMLElement>(FILM) : null
  const video = film && find<HTMLVideoElement>('video', film)
  if (video) act({ video, film })
}

/** Takes the place of the browser's controls. */
export function setUpFilm(film: HTMLElement) {
  const video = find<HTMLVideoElement>('video', film)
  if (!video || film.classList.contains('ready')) return
  film.classList.add('ready')
  video.controls = false
  const wanted = localStorage.getItem('subtitles')
  const choice = find<HTMLSelectElement>('[data-film-captions]', film)
  if (choice && wanted && [...choice.options].some(({ value }) => value === wanted)) choice.value = wanted
  chooseCaptions({ video, film }, choice?.value ?? '', false)
  if (!video.paused) void begin(video)
}

/** A copy of a film for the viewer, which goes on where the film on the page is. */
export function copyOf(film: HTMLElement): HTMLElement {
  const [video, copy] = [find<HTMLVideoElement>('video', film)!, film.cloneNode(true) as HTMLElement]
  const shown = find<HTMLVideoElement>('video', copy)!
  shown.src = video.dataset.mp4 ?? video.src
  delete shown.dataset.stream
  if (video.currentTime) shown.dataset.startAt = String(video.currentTime)
  copy.classList.remove('ready', 'started', 'playing', 'idle', 'waiting')
  return copy
}

async function toggle(video: HTMLVideoElement) {
  if (!video.paused) return video.pause()
  await begin(video)
  await video.play().catch(() => {}) // some browsers require another gesture
}

/** Plays the qualities instead of the MP4, once somebody starts the video. */
function begin(video: HTMLVideoElement): Promise<void> {
  const begun = starting.get(video) ?? stream(video)
  starting.set(video, begun)
  return begun
}

async function stream(video: HTMLVideoElement): Promise<void> {
  const film = video.closest<HTMLElement>(FILM)
  film?.classList.add('started')
  const seconds = Number(video.dataset.startAt ?? video.currentTime)
  if (seconds) video.dataset.startAt = String(seconds)
  video.dataset.mp4 = video.getAttribute('src') ?? ''
  try {
    const made = await openStream(video, (side) => markQuality(film, side))
    if (made) streams.set(video, made)
    const chosen = film && Number(find<HTMLSelectElement>('[data-film-quality]', film)?.value)
    if (chosen) made?.choose(chosen)
  } catch {
    // offline, or the server has been updated since: the MP4 plays
  }
}

function dropStream(video: HTMLVideoElement, { stop }: Stream) {
  streams.delete(video)
  stop()
}

function goToStart({ video }: Start) {
  const seconds = Number(video.dataset.startAt)
  delete video.dataset.startAt
  if (seconds) video.currentTime = seconds
}

function seek(video: HTMLVideoElement, seconds: number) {
  if (video.readyState) video.currentTime = seconds
  else {
    video.dataset.startAt = String(seconds)
    void begin(video)
  }
}

function react(type: string, each: Start) {
  const { video, film } = each
  if (type === 'play') {
    if (!starting.has(video)) {
      // something else than our button has started the MP4
      video.pause()
      return void toggle(video)
    }
    film.classList.add('started')
  }
  if (type === 'waiting') film.classList.add('waiting')
  if (['playing', 'pause', 'ended', 'timeupdate'].includes(type)) film.classList.remove('waiting')
  if (['timeupdate', 'progress'].includes(type)) showPosition(each, video.currentTime)
  if (type === 'volumechange') find('[data-film-mute]', film)?.setAttribute('aria-pressed', String(video.muted))
  film.classList.toggle('playing', !video.paused)
  for (const button of findAll('[data-film-play]', film))
    button.ariaLabel = (video.paused ? button.dataset.play : button.dataset.pause) ?? ''
  if (type === 'play' || type === 'pause') wake(film)
}

function showPosition({ video, film }: Start, seconds: number) {
  const range = find<HTMLInputElement>('[data-film-seek]', film)
  if (!range) return
  const isHeld = range.matches(':active') && seconds === video.currentTime
  if (isHeld) return
  const whole = Number(range.max)
  range.value = String(seconds)
  range.setAttribute('aria-valuetext', `${durationText(seconds)} / ${durationText(whole)}`)
  const part = (at: number) => `${Math.min(100, (100 * at) / whole)}%`
  range.style.setProperty('--done', part(seconds))
  range.style.setProperty('--ahead', part(loadedUntil(video)))
  const now = find('[data-film-now]', film)
  if (now) now.textContent = durationText(seconds)
}

function loadedUntil({ buffered, currentTime }: HTMLVideoElement): number {
  for (let i = 0; i < buffered.length; i++)
    if (buffered.start(i) <= currentTime + 0.5 && buffered.end(i) > currentTime) return buffered.end(i)
  return 0
}

function chooseCaptions({ video }: Start, language: string, keeps = true) {
  for (const track of video.textTracks) track.mode = language && track.language === language ? 'showing' : 'disabled'
  if (keeps) localStorage.setItem('subtitles', language)
}

/** Says which quality plays while the player chooses it. */
function markQuality(film: HTMLElement | null, side: number) {
  const choice = film && find<HTMLSelectElement>('[data-film-quality]', film)
  const [auto] = choice?.options ?? []
  if (choice && auto) auto.textContent = `${choice.dataset.auto} (${side}p)`
  if (film) film.dataset.quality = String(side)
}

const timers = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>()

/** Shows the controls, and hides them again after a while if the video plays. */
function wake(film: HTMLElement) {
  film.classList.remove('idle')
  clearTimeout(timers.get(film))
  const rest = () => film.classList.toggle('idle', film.classList.contains('playing'))
  timers.set(film, setTimeout(rest, IDLE_MS))
}

/** A click on the picture plays or pauses. A finger shows or hides the controls, as it would cover what it points at. */
function tapped({ video, film }: Start, event: Event) {
  if ((event as PointerEvent).pointerType !== 'touch' || !film.classList.contains('started')) return void toggle(video)
  const wasIdle = film.classList.contains('idle')
  wake(film)
  if (!wasIdle && !video.paused) film.classList.add('idle')
}

type OnlyVideo = HTMLVideoElement & { webkitEnterFullscreen?: () => void }

function goFull({ video, film }: Start) {
  if (document.fullscreenElement) return void document.exitFullscreen()
  if (film.requestFullscreen) return void film.requestFullscreen().catch(() => {})
  const { webkitEnterFullscreen } = video as OnlyVideo // phones of Apple
  webkitEnterFullscreen?.call(video)
}

function markFull() {
  for (const button of findAll('[data-film-full]'))
    button.ariaPressed = String(
      document.fullscreenElement !== null && button.closest(FILM) === document.fullscreenElement,
    )
}

function pressed(event: KeyboardEvent) {
  const { target, ctrlKey, metaKey, altKey } = event
  if (ctrlKey || metaKey || altKey || target instanceof HTMLSelectElement) return
  withFilm(target, (each) => {
    const isButton = target instanceof HTMLButtonElement
    const act = isButton && event.key === ' ' ? undefined : keys[keyOf(event)]
    if (!act) return
    event.preventDefault()
    event.stopImmediatePropagation() // the carousel and the viewer around the film use the same keys
    act(each)
    wake(each.film)
  })
}

const keys: Record<string, (each: Start) => void> = {
  ' ': ({ video }) => void toggle(video),
  k: ({ video }) => void toggle(video),
  m: ({ video }) => (video.muted = !video.muted),
  f: goFull,
  p: ({ video }) =>
    void (document.pictureInPictureElement ? document.exitPictureInPicture() : video.requestPictureInPicture()),
  arrowleft: (each) => step(each, -SEEK_SECONDS),
  arrowright: (each) => step(each, SEEK_SECONDS),
}

function step(each: Start, by: number) {
  const { video, film } = each
  const range = find<HTMLInputElement>('[data-film-seek]', film)!
  const at = video.readyState ? video.currentTime : secondsOf(range)
  const seconds = Math.min(Math.max(0, at + by), Number(range.max))
  seek(video, seconds)
  showPosition(each, seconds)
}
