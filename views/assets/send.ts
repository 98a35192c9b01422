import { on } from './dom'

/** Enter makes a new line where one writes; with Ctrl or Cmd it sends. */
export function watchSending() {
  on('keydown', '.writing textarea, .editing textarea', (area, event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
    event.preventDefault()
    ;(area as HTMLTextAreaElement).form?.requestSubmit()
  })
}
