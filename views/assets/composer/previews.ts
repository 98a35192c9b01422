import { find, findAll, onContent } from '../dom'
import { showPreview } from './tile'

const previews = new Map<string, string>()

/** Shows the local picture until the server has created a preview. */
export function rememberPreview(fileId: string, url: string) {
  previews.set(fileId, url)
  queueMicrotask(place)
}

export function keepPreviews(_list: HTMLElement) {
  onContent(place)
}

function place() {
  for (const tile of findAll('.file[data-file]')) {
    const [id, shot] = [tile.dataset.file ?? '', find('.shot', tile)]
    const url = previews.get(id)
    if (!url || !shot) continue
    if (find('.real', shot)) {
      previews.delete(id)
      URL.revokeObjectURL(url)
    } else if (!find('.local', shot)) showPreview(shot, url)
  }
}
