import { find, findAll, on, onContent } from './dom'

/** How many recent searches a device keeps. */
const MOST = 8

/** The arrow keys move between these links. */
const HITS = '#found :is(.what, .tile, .places a)'

const field = () => find<HTMLInputElement>('.search input')

/** The search page: the address follows what is typed, arrow keys move through the results, and the device remembers. */
export function watchSearch() {
  onContent(() => {
    tell()
    showRecent()
  })
  if (location.hash === '#search') field()?.focus() // somebody pressed / on another page
  document.addEventListener('htmx:after:swap', follow)
  on('keydown', '.search input, #found a', move)
  on('submit', '.search', remember)
  on('click', '#found :is(.what, .tile)', remember)
  on('click', '[data-forget]', () => {
    localStorage.removeItem(key())
    showRecent()
    field()?.focus()
  })
}

/** Says the number of results to screen readers. */
function tell() {
  const status = find('[data-results]')
  const said = find('#found [data-said]')?.dataset.said ?? ''
  if (status && status.textContent !== said) status.textContent = said
}

/** Keeps the address of the page, so that Back and a reload bring the same results. */
function follow() {
  const input = field()
  if (!input || location.pathname !== '/search') return
  const before = new URLSearchParams(location.search)
  if (before.get('q') === input.value || (!before.has('q') && !input.value)) return
  history.replaceState(
    history.state,
    '',
    input.value ? `/search?${new URLSearchParams({ q: input.value })}` : '/search',
  )
}

function move(here: HTMLElement, event: KeyboardEvent) {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (!by || event.isComposing) return
  const stops = [field(), ...findAll(HITS)].filter((stop): stop is HTMLElement => !!stop?.checkVisibility())
  const next = stops[stops.indexOf(here) + by]
  if (!next) return
  event.preventDefault()
  next.focus()
}

/** Each member has their own list, and so have visitors. */
const key = () => `searches:${find('.search')?.dataset.viewer ?? ''}`

function recent(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key()) ?? '[]')
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string') : []
  } catch {
    return []
  }
}

function remember() {
  const query = field()?.value.trim()
  if (query) localStorage.setItem(key(), JSON.stringify([query, ...recent().filter((q) => q !== query)].slice(0, MOST)))
}

function showRecent() {
  const section = find('[data-recent]')
  const list = section && find('ul', section)
  const row = section && find<HTMLTemplateElement>('template', section)?.content.firstElementChild
  if (!section || !list || !row) return
  const searches = recent()
  section.hidden = searches.length === 0
  list.replaceChildren(
    ...searches.map((query) => {
      const item = row.cloneNode(true) as HTMLElement
      const link = find<HTMLAnchorElement>('a', item)
      const text = find('span', item)
      if (link) link.href = `/search?${new URLSearchParams({ q: query })}`
      if (text) text.textContent = query
      return item
    }),
  )
}
