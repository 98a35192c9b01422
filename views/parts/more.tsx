import { useT } from '../frame'

/** Link to the next page of a list. htmx loads it when it scrolls into view. */
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
