import { find } from '../dom'

/** Which draft was sent. */
const SENT = 'draft-sent'

/** What was written outlives a reload; only a post that went out takes it along. Whoever signs in next in this tab does not find it. */
export function keepDraft(root: HTMLElement) {
  const caption = find<HTMLTextAreaElement>('[data-draft]', root)
  if (!caption) return
  const name = `draft of ${caption.dataset.draft}`
  sessionStorage.removeItem(SENT)
  caption.value ||= sessionStorage.getItem(name) ?? ''
  caption.addEventListener('input', () => sessionStorage.setItem(name, caption.value))
  caption.form?.addEventListener('submit', () => sessionStorage.setItem(SENT, name))
}

/** Any other page after sending: it went well. */
export function forgetSentDraft() {
  const sent = sessionStorage.getItem(SENT)
  if (find('#composer') || !sent) return
  sessionStorage.removeItem(sent)
  sessionStorage.removeItem(SENT)
}
