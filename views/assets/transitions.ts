import { find } from './dom'

/** Animates a picture from the list into its own page. The stylesheet names the target. */
export function watchTransitions() {
  window.addEventListener('pageswap', ({ viewTransition, activation }) => {
    forgive(viewTransition)
    const url = activation?.entry?.url
    const id = url && /^\/posts\/(\d+)$/.exec(new URL(url).pathname)?.[1]
    if (!viewTransition || !id) return
    const from = find(`.tile[data-post="${id}"], .feed .post[data-post="${id}"] .media`)
    if (from) from.style.viewTransitionName = 'photo'
  })
  window.addEventListener('pagereveal', ({ viewTransition }) => forgive(viewTransition))
  window.addEventListener('pageshow', () => {
    for (const named of document.querySelectorAll<HTMLElement>('[data-post], [data-post] .media'))
      named.style.viewTransitionName = ''
  })
}

/** A transition that the browser gives up is no error, since the page appears all the same. */
function forgive(transition: ViewTransition | null) {
  for (const step of [transition?.ready, transition?.finished, transition?.updateCallbackDone]) step?.catch(() => {})
}
