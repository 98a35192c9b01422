import { on } from '../dom'
import { keepShare } from '../push/share'

/**
 * On phones, opens the system's choice of photos as soon as the link to the composer is tapped, which then finds them
 * there. Who chooses nothing comes to the composer all the same.
 */
export function watchChoosing() {
  on('click', 'a[href="/posts/new"]', (_link, event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    if (!matchMedia('(hover: none) and (pointer: coarse)').matches || !('caches' in globalThis)) return
    event.preventDefault()
    const input = document.createElement('input')
    Object.assign(input, { type: 'file', multiple: true, hidden: true, accept: 'image/*,video/*' })
    const leave = () => location.assign('/posts/new')
    input.addEventListener('cancel', leave)
    input.addEventListener('change', async () => {
      const form = new FormData()
      for (const file of input.files ?? []) form.append('file', file)
      await keepShare(form, { isOwn: true }).catch(() => {})
      leave()
    })
    document.body.append(input)
    input.click()
  })
}
