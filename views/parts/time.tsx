import { useFrame } from '../frame'
import { relativeTime } from './relative'

/** How long ago, kept fresh by the browser; pointing at it tells the exact time (UTC: where the reader is, only the browser knows). */
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

/** The plain day, for the middle of a sentence. */
export const dayText = (at: string, locale: string) =>
  new Date(at).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' })
