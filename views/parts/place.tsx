import type { Child } from 'hono/jsx'
import { Icon } from './icon'
import type { IconName } from './icons'

type Props = {
  href: string
  icon: IconName
  text: string
  /** A second line, which says what is behind the row or how it is set now. */
  note?: Child
}

/** One row in a list of links (`ul.places`). */
export const Place = ({ href, icon, text, note }: Props) => (
  <li>
    <a href={href}>
      <Icon name={icon} />
      <span>
        {text}
        {note && <small class="hint">{note}</small>}
      </span>
      <Icon name="chevron-right" size={20} />
    </a>
  </li>
)
