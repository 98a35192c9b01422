import { findAll, onContent } from './dom'
import { askAgain, mayTry } from './fresh'

/** Hides the placeholder once the picture is drawn, because it would shine through a transparent picture. */
export function watchPictures() {
  // A loaded picture is not drawn yet: decoding takes time.
  const loaded = async (image: HTMLImageElement) => {
    await image.decode().catch(() => {})
    image.closest('.picture')?.classList.add('loaded')
  }
  document.addEventListener(
    'load',
    ({ target }) => target instanceof HTMLImageElement && target.matches('.real') && loaded(target),
    true,
  )
  const failed = ({ target }: Event) => target instanceof HTMLImageElement && target.matches('.real') && renew(target)
  document.addEventListener('error', failed, true)
  onContent(() => {
    // it loaded or failed before this script ran
    for (const image of findAll<HTMLImageElement>('.picture:not(.loaded) > .real'))
      if (image.complete) void (image.naturalWidth ? loaded(image) : renew(image))
  })
}

/** Replaces the expired link of a picture with the link in a fresh copy of the post. */
export async function renew(image: HTMLImageElement): Promise<void> {
  const post = image.closest('[data-post]')
  if (!post || !mayTry(image)) return
  const at = findAll('.real', post).indexOf(image)
  const fresh = findAll<HTMLImageElement>('.real', (await askAgain(image)) ?? new DocumentFragment())[at]
  if (!fresh) return
  const [link, freshLink] = [image.closest('a[data-photo]'), fresh.closest('a[data-photo]')]
  if (freshLink) link?.setAttribute('href', freshLink.getAttribute('href') ?? '')
  image.srcset = fresh.srcset
  image.src = fresh.src
}
