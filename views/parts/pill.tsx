import { type Frame, useT } from '../frame'
import { Icon } from './icon'

type Props = {
  list: 'posts' | 'inbox' | 'notifications'
  /** Target of the link: the same page with the new entries. */
  href: string
  /** The state that the page already shows: the number of unread entries, or the position of the newest one. */
  known: number | string
}

/** Every form of the text, for the browser to choose from and to fill in the number. */
const formsOf = (t: Frame['t'], list: Props['list']) =>
  list === 'notifications'
    ? t.forms({ one: '{n} new notification', other: '{n} new notifications' })
    : t.forms({ one: '{n} new post', other: '{n} new posts' })

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
        data-forms={JSON.stringify(formsOf(t, list))}
      >
        <Icon name="arrow-up" size={16} />
        <span />
      </a>
    </div>
  )
}
