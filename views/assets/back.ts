import { on } from './dom'

/** The arrow goes back to where somebody scrolled to, unless that was a form they are done with. */
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
