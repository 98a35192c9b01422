import { find } from './dom'

const MOVED_PX = 6

type Drag = {
  /** How long a finger has to rest before it drags, so that it can scroll; at once by default. */
  waitMs?: number
  /** Is called when the item was let go. */
  onEnd: () => void
}

/** Lets somebody drag an item to another place among its siblings, from the press of a button or finger on. */
export function drag(item: HTMLElement, down: PointerEvent, { waitMs = 0, onEnd }: Drag) {
  let dragging = false
  const start = () => {
    dragging = true
    item.classList.add('dragging')
  }
  const isTouch = down.pointerType === 'touch'
  const timer = isTouch ? setTimeout(start, waitMs) : undefined
  const move = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return
    const moved = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > MOVED_PX
    if (!dragging && moved && isTouch) return end()
    if (!dragging && moved) start()
    if (dragging) place(item, event)
  }
  const hold = (event: TouchEvent) => dragging && event.preventDefault()
  const end = () => {
    clearTimeout(timer)
    document.removeEventListener('pointermove', move)
    document.removeEventListener('touchmove', hold)
    for (const type of ['pointerup', 'pointercancel'] as const) document.removeEventListener(type, end)
    item.classList.remove('dragging')
    if (dragging) onEnd()
    dragging = false
  }
  document.addEventListener('pointermove', move)
  document.addEventListener('touchmove', hold, { passive: false })
  for (const type of ['pointerup', 'pointercancel'] as const) document.addEventListener(type, end)
}

function place(item: HTMLElement, { clientX, clientY }: PointerEvent) {
  const items = [...(item.parentElement?.children ?? [])]
  const under = document.elementFromPoint(clientX, clientY)
  const over = items.find((each) => each.contains(under))
  if (!over || over === item) return
  if (items.indexOf(over) < items.indexOf(item)) over.before(item)
  else over.after(item)
}

/** Moves an item by one place. Returns false at the ends of its list. */
export function step(item: HTMLElement, by: number): boolean {
  const other = by < 0 ? item.previousElementSibling : item.nextElementSibling
  if (by < 0) other?.before(item)
  else other?.after(item)
  return !!other
}

/** Tells screen readers where an item is now. */
export function announcePlace(item: HTMLElement) {
  const [list, status] = [item.parentElement, find('[data-announce]')]
  if (list && status)
    status.textContent = (list.dataset.moved ?? '').replace('{n}', String([...list.children].indexOf(item) + 1))
}
