import { dateFormat } from '../words/format'
import { findAll, onContent } from './dom'

/** Preselects the browser's time zone for people who have not chosen one. */
export function offerTimeZone() {
  const here = dateFormat(document.documentElement.lang).resolvedOptions().timeZone
  onContent(() => {
    for (const select of findAll<HTMLSelectElement>('select[data-here]')) {
      delete select.dataset.here
      if ([...select.options].some(({ value }) => value === here)) select.value = here
    }
  })
}
