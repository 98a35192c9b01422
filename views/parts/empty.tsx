import type { PropsWithChildren } from 'hono/jsx'
import { Icon } from './icon'
import type { IconName } from './icons'

/** The content of an empty page: one sentence and one suggested action. */
export const Empty = ({ icon, text, children }: PropsWithChildren<{ icon: IconName; text: string }>) => (
  <div class="empty">
    <Icon name={icon} size={32} />
    <p>{text}</p>
    {children}
  </div>
)
