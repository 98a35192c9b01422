import { dayName, relativeTime } from '../parts/relative'
import { dateFormat } from '../words/format'
import { findAll, onContent } from './dom'

/** Keeps relative times and the names of days up to date, and shows the exact local time in the tooltips of the former. */
export function watchTimes() {
  const { lang } = document.documentElement
  const refresh = () => {
    for (const element of findAll<HTMLTimeElement>('time[data-ago]')) {
      const at = new Date(element.dateTime)
      element.textContent = relativeTime(at, new Date(), lang)
      element.title = dateFormat(lang, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
    }
    for (const element of findAll<HTMLTimeElement>('time[data-day]'))
      element.textContent = dayName(new Date(element.dateTime), new Date(), lang, element.dataset.day!)
  }
  onContent(refresh)
  setInterval(refresh, 60_000)
}
