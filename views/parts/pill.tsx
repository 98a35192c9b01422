import { type Frame, useT } from '../frame'
import { Icon } from './icon'

type Props = {
  list: 'posts' | 'inbox' | 'notifications'
  /** Where it leads: the same page with what is new. */
  href: string
  /** What the page shows already: so many unread, or the position of the newest. */
  known: number | string
}

/** Without a number its place is left for the browser to fill. */
const words = (t: Frame['t'], list: Props['list'], n?: number) =>
  list === 'notifications'
    ? t({ one: '{n} new notification', other: '{n} new notifications' }, n === undefined ? {} : { n })
    : t({ one: '{n} new post', other: '{n} new posts' }, n === undefined ? {} : { n })

/** Says that there is more by now, without moving what is being read; the browser shows it when it hears of it. */
export function NewerPill({ list, href, known }: Props) {
  const t = useT()
  return (
    <div class="pill-place" role="status">
      <a
        class="pill"
        href={href}
        hidden
        data-pill={list}
        data-known={known}
        data-one={words(t, list, 1)}
        data-other={words(t, list)}
      >
        <Icon name="arrow-up" size={16} />
        <span />
      </a>
    </div>
  )
}
