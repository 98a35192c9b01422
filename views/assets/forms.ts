import { find, on } from './dom'

/**
 * Submits a form when a file is chosen, reads a file of text into a field, closes the sheet of a description after
 * saving, and closes an open sheet on Escape or a click beside it.
 */
export function watchForms() {
  on('change', 'input[data-reads]', (input) => void readInto(input as HTMLInputElement))
  on('change', 'input[data-send-at-once]', (input) => (input as HTMLInputElement).form?.requestSubmit())
  document.addEventListener('htmx:after:request', (event) => {
    const { ctx } = (event as CustomEvent).detail
    const details = (ctx.sourceElement as HTMLElement).closest<HTMLDetailsElement>('.alt')
    if (details && ctx.response?.status < 400) close(details)
  })
  document.addEventListener(
    'toggle',
    ({ target }) =>
      target instanceof HTMLElement &&
      target.matches(':is(.alt, .answer-box)[open]') &&
      find('textarea', target)?.focus(),
    true,
  )
  document.addEventListener('click', (event) => {
    const open = find<HTMLDetailsElement>('.alt[open]')
    if (open && !open.contains(event.target as Node)) open.open = false
  })
  document.addEventListener('keydown', (event) => {
    const open = find<HTMLDetailsElement>('.alt[open]')
    if (event.key === 'Escape' && open) close(open)
  })
}

/** Shows the text of a chosen file in a field, in which it can be corrected before it is sent. */
async function readInto({ files, dataset }: HTMLInputElement) {
  const [field, bytes] = [document.getElementById(dataset.reads ?? ''), await files?.[0]?.arrayBuffer()]
  if (!(field instanceof HTMLTextAreaElement) || !bytes) return
  field.value = decoded(bytes)
  field.focus()
}

/** Many subtitles are older than UTF-8. In that case they are read in the encoding that this language used before. */
function decoded(bytes: ArrayBuffer): string {
  const before = document.documentElement.lang === 'ko' ? 'euc-kr' : 'windows-1252'
  const start = [...new Uint8Array(bytes.slice(0, 2))].join()
  const marked = start === '255,254' ? 'utf-16le' : start === '254,255' ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(marked, { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder(before).decode(bytes)
  }
}

function close(details: HTMLDetailsElement) {
  details.open = false
  details.classList.toggle('described', !!find<HTMLTextAreaElement>('textarea', details)?.value.trim())
  find('summary', details)?.focus()
}
