import { on } from './dom'

/** Submits a comment with Ctrl+Enter or Cmd+Enter. Enter alone inserts a line break. */
export function watchSending() {
  on('keydown', '.writing textarea, .editing textarea', (area, event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
    event.preventDefault()
    ;(area as HTMLTextAreaElement).form?.requestSubmit()
  })
}
