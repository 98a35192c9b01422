import type { PropsWithChildren } from 'hono/jsx'
import { Icon } from './icon'
import type { IconName } from './icons'

/** Nothing here: one sentence, and the one thing to do. */
export const Empty = ({ icon, text, children }: PropsWithChildren<{ icon: IconName; text: string }>) => (
  <div class="empty">
    <Icon name={icon} size={32} />
    <p>{text}</p>
    {children}
  </div>
)
