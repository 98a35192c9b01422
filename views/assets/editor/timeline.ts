import { find, findAll } from '../dom'

/** The server refuses shorter parts. */
const SHORTEST_SECONDS = 0.2
const FRAME_SECONDS = 1 / 30
const PICTURES = 8

export type Times = { trim: { start: number; end: number } | null; cover: number | null }
type Name = 'start' | 'end' | 'cover'

const clamp = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value))
const thousandths = (seconds: number) => Math.round(seconds * 1000) / 1000

function text(seconds: number): string {
  const tenths = Math.round(seconds * 10)
  return `${Math.floor(tenths / 600)}:${String(Math.floor(tenths / 10) % 60).padStart(2, '0')}.${tenths % 10}`
}

/** Lets people choose the ends of a video and its cover. `onChange` hears of every change. */
export function watchTimeline(root: HTMLElement, duration: number, before: Times, onChange: (to: Times) => void) {
  const video = find<HTMLVideoElement>('video', root)!
  const line = find('[data-timeline]', root)!
  const output = find('[data-times]', root)!
  const play = find<HTMLButtonElement>('[data-play]', root)!
  const at: Record<Name, number> = {
    start: before.trim?.start ?? 0,
    end: Math.min(before.trim?.end ?? duration, duration),
    cover: before.cover ?? 0,
  }
  let isChosen = before.cover !== null
  let mode = 'trim'

  const limits = (name: Name): [number, number] => {
    if (name === 'start') return [0, at.end - SHORTEST_SECONDS]
    return name === 'end' ? [at.start + SHORTEST_SECONDS, duration] : [at.start, at.end]
  }
  const draw = () => {
    const part = (seconds: number) => `${(seconds / duration) * 100}%`
    for (const [name, seconds] of Object.entries(at)) line.style.setProperty(`--${name}`, part(seconds))
    for (const slider of findAll('[data-drag]', line)) {
      const name = slider.dataset.drag as Name
      const [least, most] = limits(name)
      slider.ariaValueMin = least.toFixed(2)
      slider.ariaValueMax = most.toFixed(2)
      slider.ariaValueNow = at[name].toFixed(2)
      slider.ariaValueText = text(at[name])
    }
    output.textContent = mode === 'cover' ? text(at.cover) : `${text(at.start)} – ${text(at.end)}`
  }
  const change = () => {
    draw()
    const isAll = at.start < 0.001 && at.end > duration - 0.001
    const trim = isAll ? null : { start: thousandths(at.start), end: thousandths(at.end) }
    onChange({ trim, cover: isChosen ? thousandths(at.cover) : null })
  }
  const put = (name: Name, seconds: number) => {
    at[name] = clamp(seconds, ...limits(name))
    if (name === 'cover') isChosen = true
    else at.cover = clamp(at.cover, at.start, at.end)
    video.pause()
    video.currentTime = at[name]
    change()
  }

  const nearest = (seconds: number): Name => {
    if (mode === 'cover') return 'cover'
    return Math.abs(seconds - at.start) <= Math.abs(seconds - at.end) ? 'start' : 'end'
  }
  const secondsAt = (clientX: number) => {
    const { left, width } = line.getBoundingClientRect()
    return clamp((clientX - left) / width, 0, 1) * duration
  }
  line.addEventListener('pointerdown', (down) => {
    if (down.button !== 0) return
    const slider = (down.target as HTMLElement).closest<HTMLElement>('[data-drag]')
    const name = (slider?.dataset.drag as Name | undefined) ?? nearest(secondsAt(down.clientX))
    line.setPointerCapture(down.pointerId)
    const move = ({ clientX }: PointerEvent) => put(name, secondsAt(clientX))
    const end = () => {
      line.removeEventListener('pointermove', move)
      for (const type of ['pointerup', 'pointercancel'] as const) line.removeEventListener(type, end)
    }
    line.addEventListener('pointermove', move)
    for (const type of ['pointerup', 'pointercancel'] as const) line.addEventListener(type, end)
    if (!slider) move(down)
  })
  line.addEventListener('keydown', (event) => {
    const name = (event.target as HTMLElement).dataset.drag as Name | undefined
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key]
    if (!name) return
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? duration : null
    if (!step && to === null) return
    event.preventDefault()
    put(name, to ?? at[name] + step! * (event.shiftKey ? 1 : FRAME_SECONDS))
  })

  play.addEventListener('click', () => {
    if (!video.paused) return video.pause()
    if (video.currentTime < at.start || video.currentTime >= at.end - 0.05) video.currentTime = at.start
    void video.play().catch(() => {})
  })
  for (const type of ['play', 'pause'] as const)
    video.addEventListener(type, () => {
      play.ariaPressed = String(!video.paused)
      line.classList.toggle('playing', !video.paused)
    })
  video.addEventListener('timeupdate', () => {
    line.style.setProperty('--now', `${(video.currentTime / duration) * 100}%`)
    if (!video.paused && video.currentTime >= at.end) video.pause()
  })
  void drawStrip(video, find('[data-strip]', root)!, duration)
  draw()

  return {
    setMode(next: string) {
      mode = next
      video.pause()
      if (next === 'cover') video.currentTime = at.cover
      draw()
    },
    reset() {
      Object.assign(at, { start: 0, end: duration, cover: 0 })
      isChosen = false
      video.currentTime = 0
      change()
    },
  }
}

/** Draws pictures of the whole video side by side. A second player looks for them, so that the large one stays. */
async function drawStrip(video: HTMLVideoElement, strip: HTMLElement, duration: number) {
  const seeker = document.createElement('video')
  Object.assign(seeker, { src: video.src, muted: true, playsInline: true, preload: 'auto' })
  const canvases = Array.from({ length: PICTURES }, () => document.createElement('canvas'))
  strip.replaceChildren(...canvases)
  if (!(await happens(seeker, 'loadeddata'))) return
  for (const [i, canvas] of canvases.entries()) {
    seeker.currentTime = ((i + 0.5) / PICTURES) * duration
    if (!(await happens(seeker, 'seeked')) || !strip.isConnected) break
    canvas.height = 96
    canvas.width = Math.max(1, Math.round((96 * seeker.videoWidth) / (seeker.videoHeight || 1)))
    canvas.getContext('2d')?.drawImage(seeker, 0, 0, canvas.width, canvas.height)
  }
  seeker.removeAttribute('src')
  seeker.load()
}

/** Whether something happens to a player before it fails. */
const happens = (video: HTMLVideoElement, type: string) =>
  new Promise<boolean>((resolve) => {
    video.addEventListener(type, () => resolve(true), { once: true })
    video.addEventListener('error', () => resolve(false), { once: true })
  })
