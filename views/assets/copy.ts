import { find, on } from './dom'
import { toast } from './toast'

export function watchCopying() {
  on('click', '[data-copy]', async (button) => {
    const input = find<HTMLInputElement>('input', button.parentElement ?? document)
    input?.select()
    // The clipboard exists on https and localhost only; over plain http the old way still works.
    await (navigator.clipboard?.writeText(button.dataset.copy ?? '') ?? document.execCommand('copy'))
    toast(button.dataset.copied)
  })
}
