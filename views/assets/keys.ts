import { find, findAll, isTyping } from './dom'

/** What j and k stop at: posts, and the rows of a desk. */
const STEPS = '.post, [data-step]'

/** j and k go from one to the next, o opens the one at hand, l likes a post or takes that back. */
export function watchKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || find('dialog[open]')) return
    const here = document.activeElement?.closest<HTMLElement>(STEPS)
    if (event.key === 'j' || event.key === 'k') move(here ?? null, event.key === 'j' ? 1 : -1)
    if (event.key === 'l') like(here ?? onlyPost())
    if (event.key === 'o' && here) find('a[data-open]', here)?.click()
  })
}

function move(here: HTMLElement | null, by: number) {
  const posts = findAll(STEPS)
  const next = here ? posts[posts.indexOf(here) + by] : posts.find((post) => post.getBoundingClientRect().bottom > 120)
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'start' })
}

const like = (post: HTMLElement | null) => post && find('.like button', post)?.click()

/** On its own page nothing need be pointed at. */
function onlyPost(): HTMLElement | null {
  const [post, ...others] = findAll('.post')
  return post && !others.length ? post : null
}
