import { find } from '../dom'

/** Name of the draft that was submitted. */
const SENT = 'draft-sent'

/**
 * Keeps the caption across reloads until the post is published. The next person who signs in in this tab does not see
 * it.
 */
export function keepDraft(root: HTMLElement) {
  const caption = find<HTMLTextAreaElement>('[data-draft]', root)
  if (!caption) return
  const name = `draft of ${caption.dataset.draft}`
  sessionStorage.removeItem(SENT)
  caption.value ||= sessionStorage.getItem(name) ?? ''
  caption.addEventListener('input', () => sessionStorage.setItem(name, caption.value))
  caption.form?.addEventListener('submit', () => sessionStorage.setItem(SENT, name))
}

/** Removes the submitted draft as soon as another page opens, which means that the post was published. */
export function forgetSentDraft() {
  const sent = sessionStorage.getItem(SENT)
  if (find('#composer') || !sent) return
  sessionStorage.removeItem(sent)
  sessionStorage.removeItem(SENT)
}
