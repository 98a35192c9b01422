import { useFrame } from '../frame'
import { dateFormat, exactFormat } from '../words/format'
import { relativeTime } from './relative'

/**
 * A relative time that the browser keeps up to date. The tooltip shows the exact time, in UTC until the browser
 * replaces it with local time.
 */
export function Ago({ at }: { at: string }) {
  const { locale } = useFrame().t
  const date = new Date(at)
  const exact = timeText(at, locale)
  return (
    <time datetime={at} title={`${exact} UTC`} data-ago>
      {relativeTime(date, new Date(), locale)}
    </time>
  )
}

/** Formats a date for use in a sentence. */
export const dayText = (at: string, locale: string) =>
  dateFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(at))

/** The day and the time in UTC. */
export const timeText = (at: string, locale: string) => exactFormat(locale).format(new Date(at))

/** The month and its year. */
export const monthText = (at: string, locale: string) =>
  dateFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(at))
