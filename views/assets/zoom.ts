type Point = { x: number; y: number }

const MOST = 5
const DOUBLE_TAP_MS = 300
const DOUBLE_TAP_PX = 30

/** A picture that is this many times wider than the screen, for its height, is shown at full height. */
const PANORAMA = 1.8
/** Dragging this far beyond the edge of an enlarged picture leads to the next one. */
const EDGE_PX = 80

type Zoom = { reset: () => void; fill: (picture: HTMLElement | null) => void }

/**
 * Zooms by pinching, double tap, double click or Ctrl+wheel, and pans by dragging. `reset` shows the whole picture
 * again, and `fill` shows a panorama at the full height of the screen, from its left. `onEdge` is called by whoever
 * drags an enlarged picture beyond its edge.
 */
export function watchZoom(stage: HTMLElement, onEdge: (by: -1 | 1) => void): Zoom {
  const pointers = new Map<number, Point>()
  let image: HTMLElement | null = null
  let [scale, x, y] = [1, 0, 0]
  /** The scale at which the picture fills the height of the screen. */
  let full = 1
  /** How far the picture was dragged beyond its edge. */
  let beyond = 0
  let lastTap = { at: 0, x: 0, y: 0 }
  /** With what the stage was touched last. Browsers do not say it with a double click. */
  let pointerType = ''

  const apply = () => {
    if (!image) return
    const [room, size] = [{ width: stage.clientWidth, height: stage.clientHeight }, sizeIn(stage, image)]
    x = clamp(x, Math.max(0, (scale * size.width - room.width) / 2))
    y = clamp(y, Math.max(0, (scale * size.height - room.height) / 2))
    image.style.transform = scale === 1 ? '' : `translate(${x}px, ${y}px) scale(${scale})`
    if (image instanceof HTMLImageElement && scale > 1) image.sizes = `${Math.ceil(scale) * 100}vw`
    stage.classList.toggle('zoomed', scale > 1)
  }
  /** Zooms while keeping the point under the fingers in place. */
  const zoomTo = (wanted: number, at: Point) => {
    const next = Math.min(Math.max(MOST, full), Math.max(1, wanted))
    const centre = { x: at.x - stage.clientWidth / 2, y: at.y - stage.clientHeight / 2 }
    x = centre.x - ((centre.x - x) * next) / scale
    y = centre.y - ((centre.y - y) * next) / scale
    scale = next
    apply()
  }
  const reset = () => {
    ;[scale, x, y, full] = [1, 0, 0, 1]
    apply()
    image = null
    pointers.clear()
  }
  const take = (event: Event) => {
    const touched = (event.target as Element).closest('figure')?.querySelector<HTMLElement>('.large') ?? null
    if (touched !== image) reset()
    image = touched
  }
  const toggle = (at: Point) => zoomTo(scale > 1 ? 1 : Math.max(2.5, full), at)
  const fill = (picture: HTMLElement | null) => {
    reset()
    image = picture
    if (!picture) return
    const size = sizeIn(stage, picture)
    full = stage.clientHeight / size.height
    if (full < PANORAMA || size.width < size.height) return
    scale = full
    x = Number.POSITIVE_INFINITY // its left edge, once it is clamped
    apply()
  }

  stage.addEventListener('pointerdown', (event) => {
    pointerType = event.pointerType
    beyond = 0
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
      const wanted = x + now.x - before.x
      x = wanted
      y += now.y - before.y
      apply()
      beyond += wanted - x
    }
  })
  for (const type of ['pointerup', 'pointercancel'] as const)
    stage.addEventListener(type, (event) => {
      pointers.delete(event.pointerId)
      if (type === 'pointerup' && scale > 1 && Math.abs(beyond) > EDGE_PX) return onEdge(beyond > 0 ? -1 : 1)
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
  return { reset, fill }
}

/** The size at which a picture fits into the stage as a whole. */
function sizeIn({ clientWidth, clientHeight }: HTMLElement, { dataset }: HTMLElement) {
  const aspect = Number(dataset.aspect) || clientWidth / clientHeight
  const width = Math.min(clientWidth, clientHeight * aspect)
  return { width, height: width / aspect }
}

const clamp = (value: number, most: number) => Math.min(most, Math.max(-most, value))
const pointOf = ({ clientX, clientY }: MouseEvent): Point => ({ x: clientX, y: clientY })
const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)
const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
