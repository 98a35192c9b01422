import { numberText } from '../words/format'
import { formFor } from '../words/forms'
import { find, findAll, on } from './dom'

/** On the page of a tip, the usual amounts fill the field in, and the page says what will be left of the coins. */
export function watchTips() {
  on('click', 'a[data-amount]', (link, event) => {
    const field = fieldOf(link)
    if (!field) return
    event.preventDefault()
    field.value = link.dataset.amount ?? ''
    show(field)
  })
  on('input', 'form:has([data-left]) input[name=coins]', (field) => show(field as HTMLInputElement))
}

const fieldOf = (part: HTMLElement) => {
  const form = part.closest('form')
  return form && find<HTMLInputElement>('input[name=coins]', form)
}

function show(field: HTMLInputElement) {
  const { form, value } = field
  const left = form && find('[data-left]', form)
  if (!left) return
  for (const link of findAll('a[data-amount]', form)) {
    if (link.dataset.amount === value) link.setAttribute('aria-current', 'true')
    else link.removeAttribute('aria-current')
  }
  const rest = Number(left.dataset.left) - Math.max(0, Math.trunc(Number(value) || 0))
  const { lang } = document.documentElement
  const forms = JSON.parse((rest < 0 ? left.dataset.short : left.dataset.forms) ?? '{}')
  left.textContent = formFor(forms, Math.abs(rest), lang).replace('{n}', numberText(Math.abs(rest), lang))
}
