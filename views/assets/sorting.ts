import { find, findAll, on } from './dom'
import { announcePlace, drag, step } from './ordering'
import { saying, toast } from './toast'

/**
 * Lets people sort the rows of a list by dragging their handles, by arrow keys on them, and by the buttons of the rows,
 * and saves every order at once. Without JavaScript, the buttons are forms that swap two rows.
 */
export function watchSorting() {
  on('pointerdown', '[data-sorted] [data-grip]', (grip, event) => {
    const row = rowOf(grip)
    const before = rowsBeside(row)
    if (event.button === 0) drag(row, event, { onEnd: () => save(row, before) })
  })
  on('keydown', '[data-sorted] [data-grip]', (grip, event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!by || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    move(rowOf(grip), by)
    grip.focus()
  })
  on('submit', '[data-sorted] form', (form, event) => {
    event.preventDefault()
    const button = find<HTMLButtonElement>('[data-by]', form)!
    move(rowOf(form), Number(button.dataset.by))
    const other = find<HTMLButtonElement>('[data-by]:enabled', rowOf(form))
    ;(button.disabled ? other : button)?.focus()
  })
}

const rowOf = (part: HTMLElement) => part.closest<HTMLElement>('li')!
const rowsBeside = (row: HTMLElement) => [...row.parentElement!.children] as HTMLElement[]

function move(row: HTMLElement, by: number) {
  const before = rowsBeside(row)
  if (step(row, by)) save(row, before)
}

let saving: Promise<unknown> = Promise.resolve()

/** Sends the order of the rows between the old and the new place of one. When that fails, they return to their places. */
function save(row: HTMLElement, before: HTMLElement[]) {
  const [list, now] = [row.parentElement!, rowsBeside(row)]
  const [from, to] = [before.indexOf(row), now.indexOf(row)].sort((a, b) => a - b) as [number, number]
  if (from === to) return
  setEnds(list)
  announcePlace(row)
  const { sorted = '', field = '' } = list.dataset
  const ids = now.slice(from, to + 1).map(({ dataset }) => Number(dataset.id))
  const send = async () => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ [field]: ids })
    const answer = await fetch(`/api${sorted}`, { method: 'PUT', headers, body, keepalive: true }).catch(() => null)
    if (answer?.ok) return
    const problem = await answer?.json().catch(() => null)
    toast(problem?.detail ?? saying(navigator.onLine ? 'failed' : 'offline'))
    list.append(...before)
    setEnds(list)
  }
  saving = saving.then(send)
}

/** The first row cannot go up, and the last one cannot go down. */
function setEnds(list: HTMLElement) {
  for (const button of findAll<HTMLButtonElement>('[data-by]', list)) {
    const row = rowOf(button)
    button.disabled = row === (Number(button.dataset.by) < 0 ? list.firstElementChild : list.lastElementChild)
  }
}
