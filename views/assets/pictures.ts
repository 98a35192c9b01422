import { findAll, onContent } from './dom'
import { askAgain, mayTry } from './fresh'

/** The placeholder goes when the picture is there: it would shine through a transparent one. */
export function watchPictures() {
  // Loaded is not yet drawn: decoding takes its own time.
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
    for (const image of findAll<HTMLImageElement>('.picture:not(.loaded) > .real'))
      if (image.complete) void (image.naturalWidth ? loaded(image) : renew(image)) // it was quicker than we
  })
}

/** Its link has run out: the post is asked for again, and has a good one in the same place. */
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
