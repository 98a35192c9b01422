import { useT } from '../frame'

/** How many of a list are new, beside its icon; there without any, too, for the browser to fill when it hears of some. */
export function Unread({ list, count }: { list: 'inbox' | 'notifications'; count: number }) {
  const t = useT()
  return (
    <span class="count" hidden={count === 0} data-unread={list} data-words={t('{n} new')}>
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span class="unseen">{t('{n} new', { n: count })}</span>
    </span>
  )
}
