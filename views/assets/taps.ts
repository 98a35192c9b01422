import { find, on } from './dom'

/** Longest time between the two taps of a double tap. */
const TOGETHER_MS = 280
const SHOWN_MS = 700

let pointer = ''
let last: { media: HTMLElement; at: number; open: ReturnType<typeof setTimeout> } | undefined

/**
 * Likes a post when its pictures are double-tapped. A single tap therefore opens the picture after a short delay. This
 * applies only to touch; a mouse click opens it immediately.
 */
export function watchTaps() {
  document.addEventListener('pointerdown', ({ pointerType }) => (pointer = pointerType), {
    capture: true,
    passive: true,
  })
  on('click', '.post .media', tapped, { capture: true })
}

function tapped(media: HTMLElement, event: Event) {
  const target = event.target as Element
  const post = media.closest<HTMLElement>('.post')
  if (pointer !== 'touch' || !event.isTrusted || !post || target.closest('button, form, summary, video')) return
  const button = find<HTMLButtonElement>('.like button', post)
  if (!button) return
  event.preventDefault()
  event.stopPropagation()
  const second = last?.media === media && performance.now() - last.at < TOGETHER_MS
  clearTimeout(last?.open)
  last = second ? undefined : { media, at: performance.now(), open: setTimeout(() => openLink(target), TOGETHER_MS) }
  if (!second) return
  if (button.ariaPressed !== 'true') button.click()
  showHeart(media, button)
}

/** Opens the link like the tap would have done. The click is not trusted, so `tapped` ignores it. */
const openLink = (target: Element) => target.closest<HTMLElement>('a')?.click()

function showHeart(media: HTMLElement, button: HTMLElement) {
  const drawing = find('.icon', button)?.cloneNode(true)
  if (!drawing) return
  const heart = document.createElement('span')
  heart.className = 'liked-now'
  heart.append(drawing)
  media.append(heart)
  setTimeout(() => heart.remove(), SHOWN_MS)
}
