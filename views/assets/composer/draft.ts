import { find } from '../dom'

const DRAFT = 'draft'
const SENT = 'draft-sent'

/** What was written outlives a reload; only a post that went out takes it along. */
export function keepDraft(root: HTMLElement) {
  const caption = find<HTMLTextAreaElement>('[data-draft]', root)
  if (!caption) return
  sessionStorage.removeItem(SENT)
  caption.value ||= sessionStorage.getItem(DRAFT) ?? ''
  caption.addEventListener('input', () => sessionStorage.setItem(DRAFT, caption.value))
  caption.form?.addEventListener('submit', () => sessionStorage.setItem(SENT, '1'))
}

/** Any other page after sending: it went well. */
export function forgetSentDraft() {
  if (find('#composer') || !sessionStorage.getItem(SENT)) return
  sessionStorage.removeItem(DRAFT)
  sessionStorage.removeItem(SENT)
}
