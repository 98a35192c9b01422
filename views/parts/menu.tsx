import type { PropsWithChildren } from 'hono/jsx'
import { Icon } from './icon'

/**
 * A menu for rarely used actions behind three dots. The browser opens it and closes it on a tap elsewhere or Escape.
 */
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
