import { find } from './dom'

const SHOWN_MS = 5000
/** A message with a link stays longer, since people who use a keyboard or a switch need more time to reach the link. */
const LINK_SHOWN_MS = 15_000

type Onward = { href: string; label: string }

/**
 * Shows a short message that screen readers announce, too. A toast is never the only place where something important is
 * shown. `onward` puts a link behind it.
 */
export function toast(text: string | undefined, onward?: Onward) {
  const region = find('#toasts')
  if (!text || !region) return
  for (const same of region.children) if (same.firstChild?.textContent === text) same.remove()
  const line = document.createElement('p')
  line.className = 'toast'
  line.append(text)
  if (onward) {
    const link = document.createElement('a')
    link.href = onward.href
    link.textContent = onward.label
    line.append(' ', link)
  }
  // Shown once more, the region lies above a menu or viewer that was opened meanwhile.
  region.togglePopover(false)
  region.togglePopover(true)
  region.append(line)
  setTimeout(() => line.remove(), onward ? LINK_SHOWN_MS : SHOWN_MS)
}

const LATER = 'said-later'

/** Shows a message on the next page. */
export const toastLater = (text: string | undefined) => text && sessionStorage.setItem(LATER, text)

export function showLateToast() {
  toast(sessionStorage.getItem(LATER) ?? undefined)
  sessionStorage.removeItem(LATER)
}

/** A text in the viewer's language that the server put on the page. */
export const saying = (name: 'offline' | 'failed') => find('#toasts')?.dataset[name]
