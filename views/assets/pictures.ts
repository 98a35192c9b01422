import { findAll, onContent } from './dom'

/** The placeholder goes when the picture is there: it would shine through a transparent one. */
export function watchPictures() {
  // Loaded is not yet drawn: decoding takes its own time.
  const loaded = async (image: HTMLImageElement) => {
    await image.decode().catch(() => {})
    image.closest('.picture')?.classList.add('loaded')
  }
  document.addEventListener('load', ({ target }) => target instanceof HTMLImageElement && target.matches('.real') && loaded(target), true)
  onContent(() => {
    for (const image of findAll<HTMLImageElement>('.picture:not(.loaded) > .real'))
      if (image.complete && image.naturalWidth) void loaded(image)
  })
}
