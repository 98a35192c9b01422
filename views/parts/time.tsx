import { useFrame } from '../frame'
import { relativeTime } from './relative'

/**
 * A relative time that the browser keeps up to date. The tooltip shows the exact time, in UTC until the browser
 * replaces it with local time.
 */
export function Ago({ at }: { at: string }) {
  const { locale } = useFrame().t
  const date = new Date(at)
  const exact = date.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  return (
    <time datetime={at} title={`${exact} UTC`} data-ago>
      {relativeTime(date, new Date(), locale)}
    </time>
  )
}

/** Formats a date for use in a sentence. */
export const dayText = (at: string, locale: string) =>
  new Date(at).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' })
