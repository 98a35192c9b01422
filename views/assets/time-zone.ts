import { dateFormat } from '../words/format'
import { findAll, onContent } from './dom'

/** Fills in the browser's time zone for people who have not chosen one. */
export function offerTimeZone() {
  const here = dateFormat(document.documentElement.lang).resolvedOptions().timeZone
  onContent(() => {
    for (const field of findAll<HTMLSelectElement | HTMLInputElement>('select[data-here], input[data-here]')) {
      delete field.dataset.here
      if (field instanceof HTMLInputElement || [...field.options].some(({ value }) => value === here))
        field.value = here
    }
  })
}
