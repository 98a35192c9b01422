import { find, findAll, isTyping } from './dom'
import { keyOf } from './key'

/** Elements that j and k move between: posts and the rows of the staff desk. */
const STEPS = '.post, [data-step]'

/**
 * Keyboard shortcuts: j and k move to the next and previous element, o opens the current one, l likes or unlikes a post,
 * and / goes to the search.
 */
export function watchKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || find('dialog[open]')) return
    const here = document.activeElement?.closest<HTMLElement>(STEPS)
    const key = keyOf(event)
    if (key === 'j' || key === 'k') move(here ?? null, key === 'j' ? 1 : -1)
    if (key === 'l') like(here ?? onlyPost())
    if (key === 'o' && here) find('a[data-open]', here)?.click()
    if (key === '/') {
      event.preventDefault() // the field would take the character
      openSearch()
    }
  })
}

function move(here: HTMLElement | null, by: number) {
  const posts = findAll(STEPS)
  const next = here ? posts[posts.indexOf(here) + by] : posts.find((post) => post.getBoundingClientRect().bottom > 120)
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'start' })
}

/** Focuses the search field of this page, or opens the page of the search. */
function openSearch() {
  const field = find<HTMLInputElement>('input[type="search"]')
  if (field) field.select()
  else if (find('a[href="/search"]')) location.assign('/search#search')
}

const like = (post: HTMLElement | null) => post && find('.like button', post)?.click()

/** On the page of a single post, no post needs to be focused. */
function onlyPost(): HTMLElement | null {
  const [post, ...others] = findAll('.post')
  return post && !others.length ? post : null
}
