import { find } from './dom'

const SHOWN_MS = 5000

/** One line at the bottom, also read out; what it says is never the only trace of something that matters. */
export function toast(text: string | undefined) {
  const region = find('#toasts')
  if (!text || !region) return
  for (const same of region.children) if (same.textContent === text) same.remove()
  const line = document.createElement('p')
  line.className = 'toast'
  line.textContent = text
  region.append(line)
  setTimeout(() => line.remove(), SHOWN_MS)
}

const LATER = 'said-later'

/** For the page that comes next. */
export const toastLater = (text: string | undefined) => text && sessionStorage.setItem(LATER, text)

export function showLateToast() {
  toast(sessionStorage.getItem(LATER) ?? undefined)
  sessionStorage.removeItem(LATER)
}

/** A sentence the server put on the page in the reader's language. */
export const saying = (name: 'offline' | 'failed') => find('#toasts')?.dataset[name]
