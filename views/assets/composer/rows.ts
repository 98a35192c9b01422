import { find, on } from '../dom'

const FIRST_PRICE = 10
const HOUR_MS = 3600_000

/** Handles the rows whose switch shows and empties a field, and the buttons that raise and lower the price. */
export function watchRows() {
  on('change', '[data-switch]', (input) => {
    const row = input.closest<HTMLElement>('[data-optional]')
    const field = row && find<HTMLInputElement>('[name]', row)
    if (!row || !field) return
    const isOn = (input as HTMLInputElement).checked
    if (!isOn) row.dataset.before = field.value
    set(field, isOn ? row.dataset.before || first(row.dataset.optional) : empty(row.dataset.optional))
    if (isOn) field.focus()
  })
  on('click', '[data-step]', (button) => {
    const field = find<HTMLInputElement>('input', button.parentElement ?? document)
    if (!field) return
    const price = Number(field.value) || 0
    const up = Number(button.dataset.step) > 0
    const step = stepFrom(up ? price : price - 1)
    set(field, String(Math.min(1_000_000, Math.max(1, up ? price + step : price - step))))
  })
}

/** A step for prices of this size. */
const stepFrom = (price: number) => (price < 10 ? 1 : price < 100 ? 5 : price < 1000 ? 50 : 500)

const empty = (name = '') => (name === 'price' ? '0' : '')
const first = (name = '') => (name === 'price' ? String(FIRST_PRICE) : inAnHour())

/** The next full hour but one, as a field for times takes it. */
function inAnHour(): string {
  const at = new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + HOUR_MS)
  return new Date(+at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function set(field: HTMLInputElement, value: string) {
  field.value = value
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }))
}
