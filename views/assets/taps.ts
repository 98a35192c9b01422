import { find, on } from './dom'

/** Two taps further apart are two. */
const TOGETHER_MS = 280
const SHOWN_MS = 700

let pointer = ''
let last: { media: HTMLElement; at: number; open: ReturnType<typeof setTimeout> } | undefined

/** Two taps on the pictures like a post. So one waits a moment before it opens the picture: only of fingers, a mouse opens at once. */
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

/** As the tap would have done: what we click ourselves is not looked at again. */
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
