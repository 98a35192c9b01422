import { useT } from '../frame'

/** The way to the next page of a list; HTMX follows it by itself when it comes into sight. */
export function More({ next }: { next: string | null }) {
  const t = useT()
  return next ? (
    <a
      class="more"
      rel="next"
      href={next}
      hx-get={next}
      hx-trigger="revealed, click"
      hx-swap="outerHTML"
      hx-sync="drop"
    >
      {t('Show more')}
    </a>
  ) : null
}
