import { find, findAll, onContent } from '../dom'
import { showPreview } from './tile'

const previews = new Map<string, { url: string; isVideo: boolean }>()

/** Shows the local picture until the server has created a preview. */
export function rememberPreview(fileId: string, url: string, isVideo: boolean) {
  previews.set(fileId, { url, isVideo })
  queueMicrotask(place)
}

export function keepPreviews(_list: HTMLElement) {
  onContent(place)
}

function place() {
  for (const tile of findAll('.file[data-file]')) {
    const [id, shot] = [tile.dataset.file ?? '', find('.shot', tile)]
    const preview = previews.get(id)
    if (!preview || !shot) continue
    if (find('.real', shot)) {
      previews.delete(id)
      URL.revokeObjectURL(preview.url)
    } else if (!find('.local', shot)) showPreview(shot, preview.url, preview.isVideo)
  }
}
