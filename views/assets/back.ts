import { on } from './dom'

/**
 * Makes the back arrow use the browser history, which restores the scroll position, unless the previous page is a form.
 */
export function watchBack() {
  on('click', '[data-back]', (_link, event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !isPlaceToReturn(document.referrer)) return
    event.preventDefault()
    history.back()
  })
}

const isPlaceToReturn = (referrer: string) =>
  referrer.startsWith(`${location.origin}/`) &&
  referrer !== location.href &&
  !/\/(new|edit|setup)$/.test(new URL(referrer).pathname)
