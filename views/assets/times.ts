import { relativeTime } from '../parts/relative'
import { dateFormat } from '../words/format'
import { findAll, onContent } from './dom'

/** Keeps relative times up to date and shows the exact local time in their tooltips. */
export function watchTimes() {
  const { lang } = document.documentElement
  const refresh = () => {
    for (const element of findAll<HTMLTimeElement>('time[data-ago]')) {
      const at = new Date(element.dateTime)
      element.textContent = relativeTime(at, new Date(), lang)
      element.title = dateFormat(lang, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
    }
  }
  onContent(refresh)
  setInterval(refresh, 60_000)
}
