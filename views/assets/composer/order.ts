import { find, findAll, on } from '../dom'

const LONG_PRESS_MS = 250
const MOVED_PX = 6

/**
 * Lets people change the order of the files, which is their order in the post. Tiles are moved by buttons, by dragging
 * with the mouse, or by dragging after a long press.
 */
export function watchOrder() {
  on('click', '[data-move]', (button) => {
    const tile = button.closest<HTMLElement>('.file')
    const by = Number(button.dataset.move)
    const other = by < 0 ? tile?.previousElementSibling : tile?.nextElementSibling
    if (!tile || !other) return
    if (by < 0) other.before(tile)
    else other.after(tile)
    button.focus()
    announcePlace(tile)
  })
  on('dragstart', '.files', (_list, event) => event.preventDefault())
  on('pointerdown', '.files .shot', (shot, event) => {
    if (event.button === 0 && shot.parentElement) begin(shot.parentElement, event)
  })
}

function begin(tile: HTMLElement, down: PointerEvent) {
  let dragging = false
  const start = () => {
    dragging = true
    tile.classList.add('dragging')
  }
  const timer = down.pointerType === 'touch' ? setTimeout(start, LONG_PRESS_MS) : undefined
  const move = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return
    const moved = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > MOVED_PX
    if (!dragging && moved && down.pointerType === 'touch') return end()
    if (!dragging && moved) start()
    if (dragging) place(tile, event)
  }
  const hold = (event: TouchEvent) => dragging && event.preventDefault()
  const end = () => {
    clearTimeout(timer)
    document.removeEventListener('pointermove', move)
    document.removeEventListener('touchmove', hold)
    for (const type of ['pointerup', 'pointercancel'] as const) document.removeEventListener(type, end)
    tile.classList.remove('dragging')
    if (dragging) announcePlace(tile)
    dragging = false
  }
  document.addEventListener('pointermove', move)
  document.addEventListener('touchmove', hold, { passive: false })
  for (const type of ['pointerup', 'pointercancel'] as const) document.addEventListener(type, end)
}

function place(tile: HTMLElement, { clientX, clientY }: PointerEvent) {
  const over = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('.file')
  if (!over || over === tile || over.parentElement !== tile.parentElement) return
  const tiles = findAll('.file', over.parentElement ?? document)
  if (tiles.indexOf(over) < tiles.indexOf(tile)) over.before(tile)
  else over.after(tile)
}

function announcePlace(tile: HTMLElement) {
  const list = tile.parentElement
  const status = find('[data-announce]', tile.closest('.composer') ?? document)
  if (list && status)
    status.textContent = (list.dataset.moved ?? '').replace('{n}', String([...list.children].indexOf(tile) + 1))
}
