import { find, on } from './dom'
import { toast } from './toast'

export function watchCopying() {
  on('click', '[data-copy]', async (button) => {
    const input = find<HTMLInputElement>('input', button.parentElement ?? document)
    input?.select()
    // The Clipboard API is available only on https and localhost. Over plain http, the deprecated command still works.
    await (navigator.clipboard?.writeText(button.dataset.copy ?? '') ?? document.execCommand('copy'))
    toast(button.dataset.copied)
  })
}
