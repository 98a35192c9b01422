import { find, findAll } from './dom'

/** How many pages of a list are loaded to find a place again. */
const MOST_PAGES = 15
const PATIENCE_MS = 8000

type Place = { post: string; top: number }

const key = () => `place ${location.pathname}${location.search}`

/**
 * Finds the place in a list again after going back or loading the page again, also when the browser has not kept the
 * page: the pages of the list that were loaded on scrolling are loaded once more.
 */
export function watchReturn() {
  addEventListener('pagehide', () => {
    const post = findAll('#main [data-post]').find((each) => each.getBoundingClientRect().bottom > 0)
    if (!post || scrollY < innerHeight) return sessionStorage.removeItem(key())
    const place: Place = { post: post.dataset.post ?? '', top: post.getBoundingClientRect().top }
    sessionStorage.setItem(key(), JSON.stringify(place))
  })
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const kept = sessionStorage.getItem(key())
  sessionStorage.removeItem(key())
  if (!kept || (navigation?.type !== 'back_forward' && navigation?.type !== 'reload')) return
  // By then, htmx handles the links to further pages.
  addEventListener('load', () => void toPlace(JSON.parse(kept)))
}

async function toPlace({ post, top }: Place) {
  history.scrollRestoration = 'manual'
  for (let page = 0; page < MOST_PAGES; page++) {
    const found = find(`#main [data-post="${CSS.escape(post)}"]`)
    if (found) {
      scrollTo({ top: found.getBoundingClientRect().top + scrollY - top, behavior: 'instant' })
      break
    }
    const more = find('#main .more')
    if (!more) break
    const loaded = new Promise((resolve) => {
      document.addEventListener('htmx:after:swap', resolve, { once: true })
      setTimeout(resolve, PATIENCE_MS)
    })
    more.scrollIntoView({ behavior: 'instant' }) // htmx loads it when it is revealed
    await loaded
  }
  history.scrollRestoration = 'auto'
}
