import { findAll, onContent } from './dom'

/** Who has chosen none yet is offered the time zone of where they are. */
export function offerTimeZone() {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  onContent(() => {
    for (const select of findAll<HTMLSelectElement>('select[data-here]')) {
      delete select.dataset.here
      if ([...select.options].some(({ value }) => value === here)) select.value = here
    }
  })
}
