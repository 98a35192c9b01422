import { durationText } from '../../parts/duration'
import { find, on } from '../dom'

/** The pictures of all places of a video below each other, loaded when somebody first looks for a place. */
const sheets = new Map<string, HTMLImageElement>()

/** Shows what is at a place of a video while the pointer is above the seek bar, or drags it. */
export function watchPreviews() {
  const options = { passive: true }
  on('pointermove', '.film-seek', (seek, event) => show(seek, event as PointerEvent), options)
  on('pointerdown', '.film-seek', (seek, event) => show(seek, event as PointerEvent), options)
  for (const type of ['pointerout', 'pointerup', 'pointercancel'] as const)
    on(type, '.film-seek', (seek) => find('.film-preview', seek)?.setAttribute('hidden', ''), options)
}

function show(seek: HTMLElement, { clientX, pointerType, buttons }: PointerEvent) {
  const [preview, range] = [find('.film-preview', seek), find<HTMLInputElement>('input', seek)]
  if (!preview || !range || (pointerType === 'touch' && !buttons)) return
  const { left, width } = range.getBoundingClientRect()
  const part = Math.min(1, Math.max(0, (clientX - left) / width))
  const seconds = part * Number(range.max)
  preview.hidden = false
  const there = find('[data-film-there]', preview)
  if (there) there.textContent = durationText(seconds)
  const canvas = find<HTMLCanvasElement>('canvas', preview)
  if (canvas) draw(canvas, seconds)
  const half = preview.offsetWidth / 2
  const middle = Math.min(Math.max(part * width, half), Math.max(half, width - half))
  preview.style.translate = `${middle - half}px -4px`
}

function draw(canvas: HTMLCanvasElement, seconds: number) {
  const { filmPreviews: url = '', every = '1' } = canvas.dataset
  const sheet = sheets.get(url) ?? new Image()
  if (!sheets.has(url)) {
    sheets.set(url, sheet)
    sheet.src = url
    sheet.addEventListener('error', () => sheets.delete(url))
    sheet.addEventListener('load', () => draw(canvas, Number(canvas.dataset.at)))
  }
  canvas.dataset.at = String(seconds)
  const { width, height } = canvas
  if (!sheet.complete || !sheet.naturalHeight) return
  const last = sheet.naturalHeight / height - 1
  const index = Math.max(0, Math.min(last, Math.round(seconds / Number(every))))
  canvas.getContext('2d')?.drawImage(sheet, 0, index * height, width, height, 0, 0, width, height)
}
