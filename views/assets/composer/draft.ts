import { find, findAll } from '../dom'
import { watchCollection } from './collection'

const PAUSE_MS = 700
const AT = '/api/posts/draft'
/** Is set while a page is left whose last changes are still being sent. */
const LEFT = 'draft-left'

/**
 * Saves the draft on the server with every change, so that it is whole on every device, whenever the page is left.
 * `isBusy` tells whether files are on their way; the page is then not loaded again.
 */
export function keepDraft(root: HTMLElement, form: HTMLFormElement, isBusy: () => boolean) {
  const line = find('[data-draft]', root)
  const status = line && find('[role=status]', line)
  const collection = watchCollection(form)
  const contents = () => contentsOf(form, collection.contents())
  let savedAt = root.dataset.savedAt ?? ''
  let saved = root.dataset.saved === undefined ? '' : contents()
  let ended = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<unknown> = Promise.resolve()

  const say = (what: 'saved' | 'changed' | 'failed') => {
    if (status) status.textContent = status.dataset[what] ?? ''
    if (line) line.hidden = false
  }

  const send = async () => {
    const sent = contents()
    if (ended || sent === saved || (!savedAt && isEmpty(sent))) return
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(AT, { method: 'PUT', headers, body: sent, keepalive: true }).catch(() => null)
    if (answer?.ok) {
      const [kept, { collectionName, ...rest }] = [await answer.json(), JSON.parse(sent)]
      savedAt = kept.savedAt
      saved = JSON.stringify({ ...rest, collectionId: kept.collectionId })
      if (collectionName) collection.choose(kept.collectionId, collectionName)
      return say('saved')
    }
    const problem = await answer?.json().catch(() => null)
    if (problem && collection.refuse(problem, JSON.parse(sent).collectionId)) return saveSoon()
    // A file is in a post already, or was deleted on another device.
    if (answer?.status === 409 || answer?.status === 404) {
      ended = true
      return say('changed')
    }
    if (!ended) say('failed')
  }
  const save = () => {
    clearTimeout(timer)
    running = running.then(send)
    return running
  }
  const saveSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(save, PAUSE_MS)
  }
  const takeChanges = async () => {
    if (isBusy() || contents() !== saved) return
    const answer = await fetch(AT).catch(() => null)
    if (!answer || (!answer.ok && answer.status !== 404)) return
    const now = answer.ok ? (await answer.json()).savedAt : ''
    if (now !== savedAt && !ended) location.reload()
  }

  form.addEventListener('input', saveSoon)
  form.addEventListener('change', saveSoon)
  addEventListener('online', save)
  // The last changes may reach the server after it has made the next page.
  for (const type of ['beforeunload', 'pagehide'] as const)
    addEventListener(type, () => {
      if (contents() !== saved) sessionStorage.setItem(LEFT, '')
      void save()
    })
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) void save()
    else void takeChanges()
  })
  if (root.dataset.saved === undefined) saveSoon()
  else if (sessionStorage.getItem(LEFT) !== null) setTimeout(takeChanges, PAUSE_MS)
  sessionStorage.removeItem(LEFT)

  const end = () => {
    clearTimeout(timer)
    ended = true
  }
  find('[data-discard]', root)?.addEventListener('click', async (event) => {
    event.preventDefault()
    await save() // so that photos which have just arrived are discarded, too
    end()
    ;(event.target as HTMLButtonElement).form?.submit()
  })
  return { saveSoon, end }
}

/** The draft as the server takes it, as text, so that two can be compared. */
function contentsOf(form: HTMLFormElement, collection: object): string {
  const data = new FormData(form)
  const price = Math.trunc(Number(data.get('price'))) || 0
  const files = findAll<HTMLInputElement>('#files input[name=fileIds]')
  return JSON.stringify({
    caption: data.get('caption') ?? '',
    price: Math.min(Math.max(price, 0), 1_000_000),
    visibility: data.get('visibility'),
    sensitive: data.getAll('sensitive').at(-1) === 'on',
    adultsOnly: data.getAll('adultsOnly').at(-1) === 'on',
    publishAt: data.get('publishAt') || null,
    fileIds: files.map(({ value }) => Number(value)).slice(0, 20),
    ...collection,
  })
}

function isEmpty(contents: string): boolean {
  const { visibility, fileIds, ...others } = JSON.parse(contents)
  return visibility === 'everyone' && !fileIds.length && Object.values(others).every((value) => !value)
}
