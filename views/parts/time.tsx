import { useFrame } from '../frame'
import { dateFormat, exactFormat, type InSentence, sayDay, sayTime } from '../words/format'
import { dayIn, dayName, relativeTime } from './relative'

/**
 * A relative time that the browser keeps up to date. The tooltip shows the exact time in the time zone of the
 * reader; the browser replaces it with its own.
 */
export function Ago({ at }: { at: string }) {
  const { locale } = useFrame().t
  const date = new Date(at)
  return (
    <time datetime={at} title={timeText(at, locale)} data-ago>
      {relativeTime(date, new Date(), locale)}
    </time>
  )
}

/** The day of the reader as the heading of a list. The browser changes it at midnight. */
export function Day({ at }: { at: string }) {
  const { t, now, timeZone } = useFrame()
  return (
    <time datetime={at} data-day={timeZone}>
      {dayName(new Date(at), now, t.locale, timeZone)}
    </time>
  )
}

/** Tells the days of the reader apart, for lists in which each day has a heading. */
export const dayKey = (at: string): string => dayIn(new Date(at), useFrame().timeZone)

/** Says that something was changed after it was published, inside of a link to it. The tooltip shows when. */
export function Edited({ at }: { at: string }) {
  const { t } = useFrame()
  return (
    <span class="edited" title={timeText(at, t.locale)}>
      {t('edited')}
    </span>
  )
}

/** Says the same outside of a link. A tap or a key opens when it was, because phones have no tooltips. */
export function EditedWhen({ at }: { at: string }) {
  const { t } = useFrame()
  const when = timeText(at, t.locale)
  return (
    <details class="edited-when">
      <summary title={when}>{t('edited')}</summary>
      <time datetime={at}>{when}</time>
    </details>
  )
}

/** A day or month without a time, such as `2026-01-31`, is the same in every time zone. */
const zoneFor = (at: string) => (at.includes('T') ? useFrame().timeZone : 'UTC')

/** The day of the reader within a sentence. */
export const dayInSentence = (at: string, locale: string): InSentence => sayDay(new Date(at), locale, zoneFor(at))

/** The day and the time of the reader within a sentence. */
export const timeInSentence = (at: string, locale: string, timeZone = zoneFor(at)): InSentence =>
  sayTime(new Date(at), locale, timeZone)

/** The day of the reader where it stands alone, as in a table or a list. */
export const dayText = (at: string, locale: string) =>
  dateFormat(locale, { dateStyle: 'medium', timeZone: zoneFor(at) }).format(new Date(at))

/** The day and the time of the reader where they stand alone. */
const timeText = (at: string, locale: string) => exactFormat(locale, zoneFor(at)).format(new Date(at))

/** The month of the reader and its year. */
export const monthText = (at: string, locale: string) =>
  dateFormat(locale, { year: 'numeric', month: 'long', timeZone: zoneFor(at) }).format(new Date(at))
