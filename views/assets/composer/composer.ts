import { find, findAll } from '../dom'
import { isInstalled } from '../push/device'
import { takeShare } from '../push/share'
import { keepDraft } from './draft'
import { watchDrops } from './drops'
import { keepPreviews } from './previews'
import { createQueue } from './queue'
import { addTile, isOpen, type Tile } from './tile'

/**
 * Adds the files that were shared from the phone, which the browser keeps until the person has signed in. Only an
 * installed app can receive shares: in a tab, such a form would come from another site, which must not upload anything
 * in the person's name.
 */
async function takeShared(root: HTMLElement, add: (files: File[]) => void) {
  const shared = await takeShare()
  if (!shared || !isInstalled()) return
  const caption = find<HTMLTextAreaElement>('[data-draft]', root)
  if (caption && shared.text) caption.value ||= shared.text
  add(shared.files)
}

/**
 * Starts the composer of a new post. Files are uploaded while the person writes, and the post can be published when all
 * uploads have finished.
 */
export function startComposer() {
  const root = find('#composer')
  const [list, template] = [root && find('#files', root), find<HTMLTemplateElement>('#pending-tile')]
  if (!root || !list || !template) return
  const tiles = new Set<Tile>()
  const words = template.dataset
  const limit = Number(root.dataset.maxBytes)

  const refresh = () => {
    for (const tile of tiles) if (!tile.element.isConnected) tiles.delete(tile)
    const refused = [...tiles].some(({ state }) => state === 'refused')
    const waiting = [...tiles].some(isOpen)
    find<HTMLButtonElement>('[data-publish]', root)!.disabled = waiting || refused || !find('.file', list)
    find('[data-waiting]', root)!.hidden = !waiting
    find('[data-refused]', root)!.hidden = waiting || !refused
  }
  const announce = (text = '') => {
    find('[data-announce]', root)!.textContent = text
  }
  const queue = createQueue({ words, refresh, announce })
  const add = (files: File[]) => {
    for (const file of files) {
      const tile = addTile(list, template, file)
      tiles.add(tile)
      if (limit && file.size > limit) tile.refuse(words.tooLarge, { again: false })
      else queue.push(tile)
    }
    if (files.length) announce(words.added?.replace('{n}', String(files.length)))
    refresh()
  }

  watchDrops(root, add)
  void takeShared(root, add)
  keepPreviews(list)
  keepDraft(root)
  refresh()
  new MutationObserver(refresh).observe(list, { childList: true })

  const form = find<HTMLFormElement>('form[id]', root)
  let sent = false
  form?.addEventListener('submit', () => {
    sent = true
  })
  addEventListener('beforeunload', (event) => {
    if (!sent && [...tiles].some(isOpen)) event.preventDefault()
  })
  // The browser may restore the page from its back/forward cache exactly as it was left, so the buttons are enabled
  // again.
  addEventListener('pageshow', () => {
    sent = false
    for (const button of findAll<HTMLButtonElement>('button', root))
      if (!button.matches('[data-publish]')) button.disabled = false
    refresh()
  })
}
