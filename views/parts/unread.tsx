import { useT } from '../frame'

/**
 * The number of new entries beside the icon of a list. It is rendered even for 0, so that the browser can update it.
 */
export function Unread({ list, count }: { list: 'inbox' | 'notifications'; count: number }) {
  const t = useT()
  return (
    <span class="count" hidden={count === 0} data-unread={list} data-forms={JSON.stringify(t.forms('{n} new'))}>
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span class="unseen">{t('{n} new', { n: count })}</span>
    </span>
  )
}
