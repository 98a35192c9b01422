import { find, findAll, on, onContent } from '../dom'

/** Shows one file of the strip large. What can be done with the file stands in its tile, which the stylesheet places. */
export function watchStage(root: HTMLElement, list: HTMLElement) {
  const stage = find('[data-stage]', root)
  if (!stage) return
  let chosen: HTMLElement | undefined
  let place = 0
  let shown = ''

  const draw = () => {
    const tiles = findAll('.file', list)
    if (!chosen?.isConnected) chosen = tiles[Math.min(place, tiles.length - 1)]
    place = Math.max(0, chosen ? tiles.indexOf(chosen) : 0)
    for (const tile of tiles) {
      tile.classList.toggle('chosen', tile === chosen)
      find('[data-pick]', tile)?.setAttribute('aria-pressed', String(tile === chosen))
    }
    stage.hidden = !chosen
    root.classList.toggle('filled', !!chosen)
    show(chosen && pictureIn(chosen))
  }
  const show = (picture: HTMLElement | undefined) => {
    const source = picture?.getAttribute('src') ?? ''
    if (source === shown && stage.childElementCount === (picture ? 1 : 0)) return
    shown = source
    stage.replaceChildren(...(picture ? [picture] : []))
    picture?.addEventListener('load', fit)
    picture?.addEventListener('loadedmetadata', fit)
  }
  /** Gives the large picture the height at which it fits into the width, within the limits of the stylesheet. */
  const fit = () => {
    const picture = stage.firstElementChild
    const [width, height] =
      picture instanceof HTMLVideoElement
        ? [picture.videoWidth, picture.videoHeight]
        : picture instanceof HTMLImageElement
          ? [picture.naturalWidth, picture.naturalHeight]
          : [0, 0]
    if (width) root.style.setProperty('--shown', `${Math.round((stage.clientWidth * height) / width)}px`)
  }
  addEventListener('resize', fit)

  on('click', '#files [data-pick]', (pick) => {
    chosen = pick.closest<HTMLElement>('.file') ?? undefined
    draw()
  })
  on('keydown', '#files [data-pick]', (pick, event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    const tile = pick.closest<HTMLElement>('.file')
    if (!step || !tile || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    if (event.shiftKey || event.altKey) {
      find(`[data-move="${step}"]`, tile)?.click()
      return pick.focus()
    }
    const tiles = findAll('.file', list)
    const next = tiles[tiles.indexOf(tile) + step]
    const button = next && find('[data-pick]', next)
    button?.focus()
    button?.click()
  })
  new MutationObserver(draw).observe(list, { childList: true, subtree: true })
  onContent(draw) // a swap sets the classes that the server knows
}

/** The largest picture there is: the one from the server, or the one of this device until then. */
function pictureIn(tile: HTMLElement): HTMLElement | undefined {
  const local = find<HTMLImageElement | HTMLVideoElement>('.shot .local', tile)
  const from = tile.dataset.full ?? local?.src ?? find<HTMLImageElement>('.shot .real', tile)?.src
  if (!from) return
  if (local?.tagName === 'VIDEO' && !tile.dataset.full) {
    const video = document.createElement('video')
    Object.assign(video, { src: from, muted: true, playsInline: true, controls: true, preload: 'metadata' })
    return video
  }
  const image = new Image()
  image.src = from
  image.alt = find<HTMLImageElement>('.shot .real', tile)?.alt ?? ''
  return image
}
