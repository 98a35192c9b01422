import { on } from './dom'

const PAUSE_MS = 150
const MOST = 6
const FIELDS = 'textarea[data-suggests]'
/** What stands before the caret: the beginning of a name or a tag, but not inside a word or an address. */
const BEGUN = /(?<![\p{L}\p{N}\p{M}_#＃@&/.])([@#＃])([\p{L}\p{N}\p{M}_]{0,50})$/u

type Choice = { text: string; note: string; picture?: string | null }
type Begun = { sign: string; query: string; from: number }

let open: { area: HTMLTextAreaElement; list: HTMLElement; begun: Begun; at: number } | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let asked = 0

/**
 * Suggests people behind `@` and tags behind `#` while somebody writes. The arrow keys choose, Enter and Tab insert, and
 * Escape closes. A syllable that is still being composed is searched for, but keys belong to the input method until it
 * is finished.
 */
export function watchSuggestions() {
  on('input', FIELDS, (area) => ask(area as HTMLTextAreaElement))
  on('compositionend', FIELDS, (area) => ask(area as HTMLTextAreaElement))
  on('keydown', FIELDS, (_area, event) => handleKey(event), { capture: true })
  on('focusout', FIELDS, close)
  on('pointerdown', '.suggestions', (_list, event) => event.preventDefault()) // keeps the focus in the text
  on('click', '.suggestions [role=option]', (option) => insert(Number(option.dataset.at)))
}

function ask(area: HTMLTextAreaElement) {
  clearTimeout(timer)
  const begun = begunIn(area)
  if (!begun || (begun.sign !== '@' && !begun.query)) return close()
  timer = setTimeout(async () => {
    const mine = ++asked
    const choices = await choicesFor(begun).catch(() => [])
    if (mine !== asked || document.activeElement !== area || begunIn(area)?.query !== begun.query) return
    show(area, begun, choices)
  }, PAUSE_MS)
}

function begunIn(area: HTMLTextAreaElement): Begun | undefined {
  if (area.selectionStart !== area.selectionEnd) return
  const before = area.value.slice(0, area.selectionStart)
  const [whole, sign, query] = BEGUN.exec(before) ?? []
  if (whole === undefined || !sign || query === undefined) return
  return { sign, query, from: before.length - whole.length }
}

async function choicesFor({ sign, query }: Begun): Promise<Choice[]> {
  const get = async (path: string, asks: Record<string, string>) => {
    const answer = await fetch(`/api/${path}?${new URLSearchParams({ ...asks, limit: String(MOST) })}`)
    return answer.ok ? answer.json() : undefined
  }
  if (sign === '@') {
    type Person = { handle: string; displayName: string; avatarUrl: string | null }
    const people: Person[] = (await get('users', query ? { near: query } : {}))?.items ?? []
    return people.map((each) => ({ text: `@${each.handle}`, note: each.displayName, picture: each.avatarUrl }))
  }
  const tags: { tag: string; posts: number }[] = (await get('search', { q: query, in: 'tags' }))?.tags.items ?? []
  return tags.map(({ tag, posts }) => ({ text: `#${tag}`, note: String(posts) }))
}

function show(area: HTMLTextAreaElement, begun: Begun, choices: Choice[]) {
  close()
  if (!choices.length) return
  const list = document.createElement('ul')
  list.className = 'suggestions'
  list.id = 'suggestions'
  list.role = 'listbox'
  list.ariaLabel = (area.dataset.suggests ?? '').replace('{n}', String(choices.length))
  list.append(...choices.map(optionOf))
  ;(area.closest('label') ?? area).after(list)
  area.setAttribute('aria-controls', list.id)
  area.setAttribute('aria-autocomplete', 'list')
  say(list.ariaLabel)
  // A tag may be a new one, so Enter takes a suggested tag only after somebody has chosen it.
  open = { area, list, begun, at: -1 }
  if (begun.sign === '@' && begun.query) mark(0)
}

function optionOf({ text, note, picture }: Choice, at: number): HTMLElement {
  const option = document.createElement('li')
  Object.assign(option, { id: `suggestion-${at}`, role: 'option', ariaSelected: 'false' })
  option.dataset.at = String(at)
  if (picture) {
    const image = new Image(28, 28)
    image.src = picture
    image.alt = ''
    option.append(image)
  }
  for (const [name, words] of [
    ['what', text],
    ['hint', note],
  ] as const) {
    const span = document.createElement('span')
    span.className = name
    span.textContent = words
    option.append(span, ' ')
  }
  return option
}

function handleKey(event: KeyboardEvent) {
  if (!open || event.isComposing || event.keyCode === 229) return
  const options = open.list.children.length
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step) mark((open.at + step + options) % options)
  else if (event.key === 'Escape') close()
  else if ((event.key === 'Enter' || event.key === 'Tab') && open.at >= 0 && !event.shiftKey) insert(open.at)
  else return
  event.preventDefault()
  event.stopPropagation()
}

function mark(at: number) {
  if (!open) return
  open.at = at
  for (const [n, option] of [...open.list.children].entries()) option.ariaSelected = String(n === at)
  open.area.setAttribute('aria-activedescendant', `suggestion-${at}`)
}

function insert(at: number) {
  if (!open) return
  const { area, list, begun } = open
  const text = list.children[at]?.querySelector('.what')?.textContent
  close()
  if (!text) return
  area.setRangeText(`${text} `, begun.from, area.selectionStart, 'end')
  area.dispatchEvent(new Event('input', { bubbles: true }))
}

function close() {
  clearTimeout(timer)
  asked++
  if (!open) return
  for (const name of ['aria-controls', 'aria-autocomplete', 'aria-activedescendant']) open.area.removeAttribute(name)
  open.list.remove()
  open = undefined
}

/** Tells screen readers that there are suggestions, since the list appears beside the text. */
function say(text: string) {
  const status = document.querySelector('[data-suggested]') ?? document.createElement('p')
  status.className = 'unseen'
  status.role = 'status'
  status.setAttribute('data-suggested', '')
  document.body.append(status)
  setTimeout(() => {
    status.textContent = text
  }, 50)
}
