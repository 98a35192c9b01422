import { type Frame, useT } from '../frame'
import { Icon } from './icon'

type Props = {
  list: 'posts' | 'inbox' | 'notifications'
  /** Target of the link: the same page with the new entries. */
  href: string
  /** What the page shows already: the number of unread entries, or the position of the newest one. */
  known: number | string
}

/** Without `n`, the placeholder stays in the text for the browser to fill in. */
const words = (t: Frame['t'], list: Props['list'], n?: number) =>
  list === 'notifications'
    ? t({ one: '{n} new notification', other: '{n} new notifications' }, n === undefined ? {} : { n })
    : t({ one: '{n} new post', other: '{n} new posts' }, n === undefined ? {} : { n })

/** Announces new entries without moving what the viewer is reading. The browser shows it when an event arrives. */
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
