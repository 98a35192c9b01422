import { on } from '../dom'
import { announcePlace, drag, step } from '../ordering'

const LONG_PRESS_MS = 250

/**
 * Lets people change the order of the files, which is their order in the post. Tiles are moved by buttons, by dragging
 * with the mouse, or by dragging after a long press.
 */
export function watchOrder() {
  on('click', '[data-move]', (button) => {
    const tile = button.closest<HTMLElement>('.file')
    if (!tile || !step(tile, Number(button.dataset.move))) return
    button.focus()
    announcePlace(tile)
  })
  on('dragstart', '.files', (_list, event) => event.preventDefault())
  on('pointerdown', '.files .shot', (shot, event) => {
    const tile = shot.parentElement
    if (event.button === 0 && tile) drag(tile, event, { waitMs: LONG_PRESS_MS, onEnd: () => announcePlace(tile) })
  })
}
