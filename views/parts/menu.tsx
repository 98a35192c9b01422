import type { PropsWithChildren } from 'hono/jsx'
import { useT } from '../frame'
import { Icon } from './icon'

type Props = PropsWithChildren<{
  id: string
  label: string
  /**
   * The address of what the menu shows. It is loaded when somebody opens the menu, so that lists stay small, and again
   * after something in it was done.
   */
  from?: string
  /** Whether its button gets the focus. */
  focused?: boolean
}>

/**
 * A menu for rarely used actions behind three dots. The browser opens it and closes it on a tap elsewhere or Escape.
 */
export function Menu({ id, label, from, focused, children }: Props) {
  const t = useT()
  return (
    <>
      <button class="icon-button" type="button" popovertarget={id} aria-label={label} autofocus={focused}>
        <Icon name="ellipsis" size={20} />
      </button>
      {from ? (
        <div class="menu" id={id} popover="auto" hx-get={from} hx-trigger="toggle once, stale">
          <a href={from}>{t('Options')}</a>
        </div>
      ) : (
        <div class="menu" id={id} popover="auto">
          {children}
        </div>
      )}
    </>
  )
}
