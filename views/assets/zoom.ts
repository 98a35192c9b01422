type Point = { x: number; y: number }

const MOST = 5
const DOUBLE_TAP_MS = 300
const DOUBLE_TAP_PX = 30

/**
 * Zooms by pinching, double tap, double click or Ctrl+wheel, and pans by dragging. Returns a function that resets the
 * zoom.
 */
export function watchZoom(stage: HTMLElement): () => void {
  const pointers = new Map<number, Point>()
  let image: HTMLElement | null = null
  let [scale, x, y] = [1, 0, 0]
  let lastTap = { at: 0, x: 0, y: 0 }
  /** With what the stage was touched last. Browsers do not say it with a double click. */
  let pointerType = ''

  const apply = () => {
    if (!image) return
    const { clientWidth: width, clientHeight: height } = stage
    x = clamp(x, ((scale - 1) * width) / 2)
    y = clamp(y, ((scale - 1) * height) / 2)
    image.style.transform = scale === 1 ? '' : `translate(${x}px, ${y}px) scale(${scale})`
    if (image instanceof HTMLImageElement && scale > 1) image.sizes = `${Math.ceil(scale) * 100}vw`
    stage.classList.toggle('zoomed', scale > 1)
  }
  /** Zooms while keeping the point under the fingers in place. */
  const zoomTo = (wanted: number, at: Point) => {
    const next = Math.min(MOST, Math.max(1, wanted))
    const centre = { x: at.x - stage.clientWidth / 2, y: at.y - stage.clientHeight / 2 }
    x = centre.x - ((centre.x - x) * next) / scale
    y = centre.y - ((centre.y - y) * next) / scale
    scale = next
    apply()
  }
  const reset = () => {
    ;[scale, x, y] = [1, 0, 0]
    apply()
    image = null
    pointers.clear()
  }
  const take = (event: Event) => {
    const touched = (event.target as Element).closest('figure')?.querySelector<HTMLElement>('.large') ?? null
    if (touched !== image) reset()
    image = touched
  }
  const toggle = (at: Point) => zoomTo(scale > 1 ? 1 : 2.5, at)

  stage.addEventListener('pointerdown', (event) => {
    pointerType = event.pointerType
    take(event)
    pointers.set(event.pointerId, pointOf(event))
  })
  stage.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId)
    if (!before) return
    const [now, other] = [pointOf(event), [...pointers].find(([id]) => id !== event.pointerId)?.[1]]
    pointers.set(event.pointerId, now)
    if (other) zoomTo((scale * distance(now, other)) / (distance(before, other) || 1), middle(now, other))
    else if (scale > 1) {
      x += now.x - before.x
      y += now.y - before.y
      apply()
    }
  })
  for (const type of ['pointerup', 'pointercancel'] as const)
    stage.addEventListener(type, (event) => {
      pointers.delete(event.pointerId)
      if (type === 'pointercancel' || event.pointerType !== 'touch') return
      const tap = { at: event.timeStamp, ...pointOf(event) }
      if (tap.at - lastTap.at < DOUBLE_TAP_MS && distance(tap, lastTap) < DOUBLE_TAP_PX) toggle(tap)
      lastTap = tap
    })
  stage.addEventListener('dblclick', (event) => {
    if (pointerType === 'touch') return
    take(event)
    toggle(pointOf(event))
  })
  stage.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      take(event)
      zoomTo(scale * Math.exp(-event.deltaY / 200), pointOf(event))
    },
    { passive: false },
  )
  return reset
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(-most, value))
const pointOf = ({ clientX, clientY }: MouseEvent): Point => ({ x: clientX, y: clientY })
const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
