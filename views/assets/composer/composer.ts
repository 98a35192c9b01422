import { find, findAll } from '../dom'
import { isInstalled } from '../push/device'
import { takeShare } from '../push/share'
import { keepDraft } from './draft'
import { watchDrops } from './drops'
import { keepPreviews } from './previews'
import { createQueue } from './queue'
import { watchSharing } from './sharing'
import { watchStage } from './stage'
import { addTile, isOpen, type Tile } from './tile'

/**
 * Adds the files that were chosen before this page was opened, or shared from the phone, which the browser keeps until
 * the person has signed in. Only an
 * installed app can receive shares: in a tab, such a form would come from another site, which must not upload anything
 * in the person's name.
 */
async function takeShared(form: HTMLFormElement, add: (files: File[]) => void) {
  const shared = await takeShare()
  if (!shared || !(shared.isOwn || isInstalled())) return
  const caption = find<HTMLTextAreaElement>('[name=caption]', form)
  if (caption && shared.text) caption.value = [caption.value, shared.text].filter(Boolean).join('\n')
  add(shared.files)
}

/**
 * Starts the composer of a new post. Files are uploaded while the person writes, and the post is shared as soon as the
 * person has said so and all uploads have finished.
 */
export function startComposer() {
  const root = find('#composer')
  const [list, template] = [root && find('#files', root), find<HTMLTemplateElement>('#pending-tile')]
  const form = root && find<HTMLFormElement>('form[id]', root)
  if (!root || !list || !template || !form) return
  const tiles = new Set<Tile>()
  const words = template.dataset
  const limit = Number(root.dataset.maxBytes)

  const stateOf = () => {
    for (const tile of tiles) if (!tile.element.isConnected) tiles.delete(tile)
    const refused = [...tiles].some(({ state }) => state === 'refused')
    return { waiting: [...tiles].some(isOpen), refused, isEmpty: !find('.file', list) }
  }
  let sent = false
  const draft = keepDraft(root, form, () => stateOf().waiting)
  const refresh = watchSharing(root, form, stateOf, () => {
    draft.end()
    sent = true
  })
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
  void takeShared(form, add)
  keepPreviews(list)
  watchStage(root, list)
  refresh()
  new MutationObserver(() => {
    draft.saveSoon()
    refresh()
  }).observe(list, { childList: true })

  addEventListener('beforeunload', (event) => {
    if (!sent && stateOf().waiting) event.preventDefault()
  })
  // The browser may restore the page from its back/forward cache exactly as it was left.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted && sent) return location.reload() // what it shows is published
    sent = false
    for (const button of findAll<HTMLButtonElement>('button', root))
      if (!button.matches('[data-publish]')) button.disabled = false
    refresh()
  })
}
