import { find, findAll } from '../dom'
import { contained, type Edges, inPicture, moved, type Rect, resized, rounded, type Size, withRatio } from './geometry'

/** The edges in the order in which a turned picture shows them clockwise. */
const EDGES = ['top', 'right', 'bottom', 'left'] as const
const STEPS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

export type Cropping = { crop: Rect | null; turn: number }

/** Lets people drag the frame around the part that is shown, and turn the picture. `onChange` hears of every change. */
export function watchCrop(root: HTMLElement, whole: Size, start: Cropping, onChange: (to: Cropping) => void) {
  const stage = find('.editor-stage', root)!
  const picture = find('[data-picture]', root)!
  const frame = find('[data-crop]', root)!
  const shade = find('[data-shade]', root)!
  const names: string[] = JSON.parse(frame.dataset.names ?? '[]')
  const all = { x: 0, y: 0, ...whole }
  let rect: Rect = start.crop ?? all
  let turn = start.turn
  let ratio: number | null = null

  const draw = () => {
    const isSideways = turn % 180 !== 0
    const shown = isSideways ? { width: whole.height, height: whole.width } : whole
    const room = { width: stage.clientWidth - 40, height: stage.clientHeight - 40 }
    const size = contained(shown, room)
    set(picture, '--wide', `${isSideways ? size.height : size.width}px`)
    set(picture, '--high', `${isSideways ? size.width : size.height}px`)
    set(picture, '--turn', `${turn}deg`)
    const [x1, x2] = [rect.x, rect.x + rect.width].map((x) => `${(x / whole.width) * 100}%`)
    const [y1, y2] = [rect.y, rect.y + rect.height].map((y) => `${(y / whole.height) * 100}%`)
    set(frame, 'left', x1!)
    set(frame, 'top', y1!)
    set(frame, 'width', `${(rect.width / whole.width) * 100}%`)
    set(frame, 'height', `${(rect.height / whole.height) * 100}%`)
    const hole = `${x1} ${y1}, ${x2} ${y1}, ${x2} ${y2}, ${x1} ${y2}, ${x1} ${y1}`
    set(shade, 'clip-path', `polygon(evenodd, 0 0, 100% 0, 100% 100%, 0 100%, 0 0, ${hole})`)
    for (const [i, edge] of EDGES.entries()) describe(find(`[data-drag=${edge}]`, frame)!, i)
  }
  const describe = (edge: HTMLElement, i: number) => {
    const isAcross = i % 2 === 1
    const at = [rect.y, rect.x + rect.width, rect.y + rect.height, rect.x][i]!
    edge.ariaLabel = names[(i + turn / 90) % 4] ?? ''
    edge.ariaValueMin = '0'
    edge.ariaValueMax = String(isAcross ? whole.width : whole.height)
    edge.ariaValueNow = String(Math.round(at))
    edge.ariaOrientation = isAcross === (turn % 180 === 0) ? 'horizontal' : 'vertical'
  }
  const change = () => {
    draw()
    const crop = rounded(rect, whole)
    const isAll = crop.width === whole.width && crop.height === whole.height
    onChange({ crop: isAll ? null : crop, turn })
  }
  const drag = (what: string, by: { x: number; y: number }, from: Rect) => {
    const edges: Edges = Object.fromEntries(what.split(' ').map((edge) => [edge, true]))
    rect = what === 'move' ? moved(from, by, whole) : resized(from, edges, by, whole, ratio)
    change()
  }

  frame.addEventListener('pointerdown', (down) => {
    const what = (down.target as HTMLElement).dataset.drag
    if (!what || down.button !== 0) return
    const [before, scale] = [rect, whole.width / picture.offsetWidth]
    frame.setPointerCapture(down.pointerId)
    frame.classList.add('dragging-frame')
    const move = (event: PointerEvent) => {
      const by = inPicture({ x: event.clientX - down.clientX, y: event.clientY - down.clientY }, turn)
      drag(what, { x: by.x * scale, y: by.y * scale }, before)
    }
    const end = () => {
      frame.classList.remove('dragging-frame')
      frame.removeEventListener('pointermove', move)
      for (const type of ['pointerup', 'pointercancel'] as const) frame.removeEventListener(type, end)
    }
    frame.addEventListener('pointermove', move)
    for (const type of ['pointerup', 'pointercancel'] as const) frame.addEventListener(type, end)
  })
  frame.addEventListener('keydown', (event) => {
    const what = (event.target as HTMLElement).dataset.drag
    const step = STEPS[event.key]
    if (!what || !step) return
    event.preventDefault()
    const pixels = Math.max(1, Math.round((whole.width * (event.shiftKey ? 10 : 1)) / 200))
    const { x, y } = inPicture(step, turn)
    drag(what, { x: x * pixels, y: y * pixels }, rect)
  })

  const press = (chosen: HTMLElement | null) => {
    for (const chip of findAll('[data-ratio]', root)) chip.ariaPressed = String(chip === chosen)
  }
  for (const chip of findAll('[data-ratio]', root))
    chip.addEventListener('click', () => {
      press(chip)
      const wanted = chip.dataset.ratio === 'original' ? whole.width / whole.height : Number(chip.dataset.ratio)
      // the chosen shape is that of the turned picture
      ratio = wanted ? (turn % 180 && chip.dataset.ratio !== 'original' ? 1 / wanted : wanted) : null
      if (ratio) rect = withRatio(rect, ratio, whole)
      change()
    })
  find('[data-turn-right]', root)?.addEventListener('click', () => {
    turn = (turn + 90) % 360
    change()
  })
  addEventListener('resize', draw)
  draw()

  return {
    draw,
    reset() {
      rect = all
      turn = 0
      ratio = null
      press(find('[data-ratio=""]', root))
      change()
    },
    stop: () => removeEventListener('resize', draw),
  }
}

const set = (element: HTMLElement, name: string, value: string) => element.style.setProperty(name, value)
