import { find, on } from '../dom'

/** Opens the editor over the page, or starts it where the page is the editor. It is loaded when it is first needed. */
export function watchEditing() {
  on('click', 'a[data-edit]', (link, event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    void import('./editor').then(({ openEditor }) => openEditor(link as HTMLAnchorElement))
  })
  const editor = find('#editor-form')
  if (editor) void import('./editor').then(({ startEditor }) => startEditor(editor))
}
