import { Icon } from './icon'
import type { IconName } from './icons'

/** One row in a list of links (`ul.places`). */
export const Place = ({ href, icon, text }: { href: string; icon: IconName; text: string }) => (
  <li>
    <a href={href}>
      <Icon name={icon} />
      <span>{text}</span>
      <Icon name="chevron-right" size={20} />
    </a>
  </li>
)
