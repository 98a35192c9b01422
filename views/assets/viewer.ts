import { indexOf, showSlide, stepSlides } from './carousel'
import { find, findAll, on } from './dom'
import { copyOf, setUpFilm } from './film/film'
import { renew } from './pictures'
import { watchZoom } from './zoom'

/** What the viewer shows of a post: links to its photos, and the players of its videos. */
const SHOWN = 'a[data-photo], .film video'

/**
 * Opens the pictures of a post full screen, with its videos between them. Links still point to the pictures, so a middle
 * click opens one in a new tab.
 */
export function watchViewer() {
  const dialog = find<HTMLDialogElement>('#viewer')
  const stage = dialog && find('.stage', dialog)
  if (!dialog || !stage) return
  let links: HTMLElement[] = []
  let at = 0
  const zoom = watchZoom(stage, (by) => go(by))

  const go = (by: number) => {
    zoom.reset()
    stepSlides(stage, by)
  }
  const mark = () => {
    if (!dialog.open) return
    const shown = indexOf(stage)
    if (shown !== at) zoom.fill(find('.large', stage.children[shown] as HTMLElement))
    at = shown
    find('.position', dialog)!.textContent = links.length > 1 ? `${at + 1} / ${links.length}` : ''
    find('.earlier', dialog)!.hidden = at === 0
    find('.later', dialog)!.hidden = at >= links.length - 1
  }

  on('click', 'a[data-photo]', (link, event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    links = findAll(SHOWN, link.closest('.media') ?? document)
    stage.replaceChildren(...links.map((each) => (each instanceof HTMLVideoElement ? filmOf(each) : figureOf(each))))
    dialog.showModal()
    at = -1
    showSlide(stage, links.indexOf(link), 'instant')
    mark()
    history.pushState({ viewer: true }, '')
  })
  stage.addEventListener('scroll', mark, { passive: true })
  find('.earlier', dialog)?.addEventListener('click', () => go(-1))
  find('.later', dialog)?.addEventListener('click', () => go(1))
  find('.close', dialog)?.addEventListener('click', () => dialog.close())
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    go(event.key === 'ArrowLeft' ? -1 : 1)
  })
  // The back gesture closes the viewer instead of leaving the page.
  addEventListener('popstate', () => dialog.open && dialog.close())
  dialog.addEventListener('close', () => {
    if (history.state?.viewer) history.back()
    const shown = links[at]
    const slides = shown?.closest<HTMLElement>('.carousel .slides')
    if (slides && shown)
      showSlide(
        slides,
        [...slides.children].findIndex((slide) => slide.contains(shown)),
        'instant',
      )
    shown?.focus({ preventScroll: true })
    for (const [i, figure] of [...stage.children].entries()) takeBack(links[i], figure)
    zoom.reset()
    stage.replaceChildren()
  })
}

/** A player of the same video, which goes on where the one on the page is. */
function filmOf(video: HTMLVideoElement): HTMLElement {
  const figure = document.createElement('figure')
  const long = video.closest<HTMLElement>('.film[data-film]')
  if (long) {
    const copy = copyOf(long)
    video.pause()
    figure.append(copy)
    setUpFilm(copy)
    return figure
  }
  const film = video.cloneNode() as HTMLVideoElement
  film.preload = 'metadata'
  if (video.currentTime) film.currentTime = video.currentTime
  video.pause()
  figure.append(film)
  return figure
}

/** The player on the page goes on where the one in the viewer was. */
function takeBack(video: HTMLElement | undefined, figure: Element) {
  const film = find<HTMLVideoElement>('video', figure)
  if (!film) return
  film.pause()
  if (film.currentTime && video instanceof HTMLVideoElement) video.currentTime = film.currentTime
}

/** Shows the smaller picture from the page until the large one has loaded. */
function figureOf(link: HTMLElement): HTMLElement {
  const figure = document.createElement('figure')
  const [shown, placeholder] = [find<HTMLImageElement>('.real', link), find<HTMLImageElement>('.placeholder', link)]
  const below = new Image()
  below.src = shown?.complete ? shown.currentSrc : (placeholder?.src ?? '')
  below.alt = ''
  const large = new Image()
  large.className = 'large'
  large.dataset.aspect = String(Number(link.dataset.width) / Number(link.dataset.height) || '')
  large.sizes = '100vw'
  large.srcset = shown?.srcset ?? ''
  large.src = link.getAttribute('href') ?? ''
  large.alt = shown?.alt ?? ''
  large.addEventListener('load', () => below.remove())
  large.addEventListener('error', async () => {
    if (!shown || !large.isConnected) return
    await renew(shown)
    if (large.srcset === shown.srcset) return
    large.srcset = shown.srcset
    large.src = link.getAttribute('href') ?? ''
  })
  figure.append(...(below.src ? [below] : []), large)
  return figure
}
