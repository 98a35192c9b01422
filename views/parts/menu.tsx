import type { PropsWithChildren } from 'hono/jsx'
import { Icon } from './icon'

/** What is seldom wanted, behind three dots. The browser opens and closes it by itself: a tap elsewhere or Esc will do. */
export const Menu = ({ id, label, children }: PropsWithChildren<{ id: string; label: string }>) => (
  <>
    <button class="icon-button" type="button" popovertarget={id} aria-label={label}>
      <Icon name="ellipsis" size={20} />
    </button>
    <div class="menu" id={id} popover="auto">
      {children}
    </div>
  </>
)
