import { find } from '../dom'

type State = 'waiting' | 'uploading' | 'paused' | 'refused' | 'done'
export type Tile = ReturnType<typeof addTile>

/** Whether the upload is not finished yet but still expected to succeed. */
export const isOpen = ({ state }: Pick<Tile, 'state'>) =>
  state === 'waiting' || state === 'uploading' || state === 'paused'

/**
 * Adds a tile for a local file. It shows a preview right away, then a ring during the upload, and the reason if the
 * upload fails.
 */
export function addTile(list: HTMLElement, template: HTMLTemplateElement, file: File) {
  const element = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement
  const [ring, progress] = [find('.ring-bar', element), find<HTMLProgressElement>('progress', element)]
  const [reason, again, state] = [
    find('.reason', element)!,
    find<HTMLButtonElement>('[data-retry]', element)!,
    find('.state', element)!,
  ]
  const preview = URL.createObjectURL(file)
  find('.name', element)!.textContent = file.name
  showPreview(find('.shot', element)!, preview, file.type.startsWith('video/'))
  list.append(element)

  const tile = {
    element,
    file,
    preview,
    state: 'waiting' as State,
    /** Id of the file on the server, once the upload is complete. */
    fileId: '',
    onRetry: () => {},
    onCancel: () => {},

    progress(part: number) {
      ring?.setAttribute('stroke-dasharray', `${Math.round(part * 100)} 100`)
      if (progress) progress.value = part
    },
    /** Marks the upload as in progress; `note` says what it is waiting for. */
    go(next: 'waiting' | 'uploading' | 'paused', note = '') {
      tile.state = next
      say(note)
      state.hidden = false
      again.hidden = true
      element.classList.remove('refused')
    },
    refuse(why = '', { again: canRetry = true } = {}) {
      tile.state = 'refused'
      say(why)
      state.hidden = true
      again.hidden = !canRetry
      element.classList.add('refused')
    },
  }
  const say = (text: string) => {
    reason.textContent = text
    reason.hidden = !text
  }
  again.addEventListener('click', () => tile.onRetry())
  find('[data-cancel]', element)?.addEventListener('click', () => {
    tile.onCancel()
    element.remove()
    URL.revokeObjectURL(preview)
  })
  return tile
}

/**
 * Shows a preview. Most browsers cannot display HEIC, TIFF and some videos, in which case the file name stays.
 */
export function showPreview(shot: HTMLElement, url: string, isVideo = false) {
  const picture = isVideo ? document.createElement('video') : new Image()
  picture.className = 'local'
  picture.addEventListener('error', () => picture.remove())
  picture.addEventListener(isVideo ? 'loadeddata' : 'load', () => find('.no-preview', shot)?.remove())
  if (picture instanceof HTMLVideoElement) Object.assign(picture, { muted: true, playsInline: true, preload: 'auto' })
  else picture.alt = ''
  picture.src = url
  shot.prepend(picture)
}
