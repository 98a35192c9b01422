import htmx from 'htmx.org'
import { find, findAll } from '../dom'
import { saying, toast } from '../toast'
import { type Cropping, watchCrop } from './crop'
import { type Times, watchTimeline } from './timeline'

/** Opens the editor of a file over the page. */
export async function openEditor(link: HTMLAnchorElement) {
  const answer = await fetch(link.href, { headers: { 'HX-Request': 'true' } }).catch(() => null)
  if (!answer?.ok) return toast(saying(navigator.onLine ? 'failed' : 'offline'))
  const dialog = document.createElement('dialog')
  dialog.className = 'editor-dialog'
  dialog.ariaLabel = link.textContent.trim()
  dialog.innerHTML = await answer.text()
  document.body.append(dialog)
  dialog.showModal()
  const editor = startEditor(dialog)
  dialog.addEventListener('close', () => {
    editor.stop()
    dialog.remove()
    document.querySelector<HTMLElement>(`.file.chosen [data-edit]`)?.focus({ preventScroll: true })
  })
  find('[data-cancel-edit]', dialog)?.addEventListener('click', (event) => {
    event.preventDefault()
    dialog.close()
  })
  const form = find<HTMLFormElement>('form', dialog)!
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (await save(form)) dialog.close()
  })
}

/** Sends the fields, and puts the tile of the answer in the place of the one that is there. */
async function save(form: HTMLFormElement): Promise<boolean> {
  const id = find('[data-editor]', form)?.dataset.editor
  const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]))
  const headers = { 'HX-Request': 'true' }
  const answer = await fetch(`/files/${id}`, { method: 'PATCH', headers, body }).catch(() => null)
  if (!answer?.ok) {
    const problem = find('[data-edit-problem]', form)!
    const reason = answer && (await reasonOf(answer))
    problem.textContent = reason || (saying(navigator.onLine ? 'failed' : 'offline') ?? '')
    problem.hidden = false
    return false
  }
  const holder = document.createElement('template')
  holder.innerHTML = await answer.text()
  const [tile, before] = [holder.content.querySelector('.file'), document.getElementById(`file-${id}`)]
  if (tile && before) {
    before.replaceWith(tile)
    htmx.process(tile)
  } else location.reload() // the page shows the file in another way
  return true
}

/** The sentences of an answer that refuses something, which may be a form. */
async function reasonOf(answer: Response): Promise<string> {
  const holder = document.createElement('template')
  holder.innerHTML = await answer.text()
  return holder.content.querySelector('.problem, [role=alert]')?.textContent?.trim() ?? ''
}

/** Shows in an editor what its fields say, and keeps them up to date. */
export function startEditor(root: HTMLElement) {
  const data = find('[data-editor]', root)!.dataset
  const whole = { width: Number(data.width), height: Number(data.height) }
  const field = (name: string) => find<HTMLInputElement>(`[name="${name}"]`, root)
  const number = (name: string) => (field(name)?.value ? Number(field(name)!.value) : null)
  const write = (values: Record<string, number | null | undefined>) => {
    for (const [name, value] of Object.entries(values)) {
      const input = field(name)
      if (input) input.value = value === null || value === undefined ? '' : String(value)
    }
  }
  const [x, y, width, height] = ['crop.x', 'crop.y', 'crop.width', 'crop.height'].map(number)
  const before: Cropping = {
    crop: width && height ? { x: x ?? 0, y: y ?? 0, width, height } : null,
    turn: number('turn') ?? 0,
  }
  const cropping = watchCrop(root, whole, before, ({ crop, turn }) =>
    write({ 'crop.x': crop?.x, 'crop.y': crop?.y, 'crop.width': crop?.width, 'crop.height': crop?.height, turn }),
  )
  const duration = Number(data.duration)
  const [start, end] = [number('trim.start'), number('trim.end')]
  const times: Times = { trim: start !== null && end !== null ? { start, end } : null, cover: number('cover') }
  const timeline = duration
    ? watchTimeline(root, duration, times, ({ trim, cover }) =>
        write({ 'trim.start': trim?.start, 'trim.end': trim?.end, cover }),
      )
    : null

  const setMode = (mode: string) => {
    root.dataset.mode = mode
    for (const chip of findAll('[data-mode]', root)) chip.ariaPressed = String(chip.dataset.mode === mode)
    for (const tools of findAll('[data-tools]', root)) tools.hidden = !tools.dataset.tools?.split(' ').includes(mode)
    timeline?.setMode(mode)
    cropping.draw()
  }
  for (const chip of findAll('[data-mode]', root))
    chip.addEventListener('click', () => setMode(chip.dataset.mode ?? ''))
  find('[data-undo-edit]', root)?.addEventListener('click', () => {
    cropping.reset()
    timeline?.reset()
  })
  const video = find<HTMLVideoElement>('video', root)
  video?.addEventListener('error', () => {
    find('[data-unplayable]', root)!.hidden = false
  })
  setMode(timeline ? 'trim' : 'crop')
  return { stop: cropping.stop }
}
