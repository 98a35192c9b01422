import { on } from './dom'

/** Opens the system's way of sharing a link. Browsers without one copy the link instead. */
export function watchSharingLinks() {
  on('click', '[data-share]', async (button) => {
    const [url = '', title = ''] = [button.dataset.share, button.dataset.title]
    if (navigator.share) return void (await navigator.share({ url, title }).catch(() => {}))
    button.closest('.menu, .panel')?.querySelector<HTMLElement>('[data-copy]')?.click()
  })
}
