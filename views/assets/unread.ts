import { numberText } from '../words/format'
import { formFor } from '../words/forms'
import { find, findAll } from './dom'

const MOST = 99
/** Spreads the requests over time, because all browsers hear of a new post at once. */
const SPREAD_MS = 1500

const { lang } = document.documentElement

/** Updates a number everywhere it appears on the page. */
export function showCount(name: string, count: number) {
  for (const place of findAll(`[data-count="${name}"]`)) place.textContent = numberText(count, lang)
}

/**
 * Updates the unread count in the navigation and, if the list itself is open, shows how many entries are new. The list
 * does not move.
 */
export function showUnread(list: 'inbox' | 'notifications', unread: number) {
  for (const place of findAll(`[data-unread="${list}"]`)) {
    place.hidden = unread === 0
    const [number, words] = place.children
    if (number) number.textContent = unread > MOST ? `${MOST}+` : String(unread)
    if (words) words.textContent = countedText(place, unread, numberText(unread, lang))
  }
  const pill = find(`[data-pill="${list}"]`)
  if (!pill) return
  const known = Math.min(Number(pill.dataset.known), unread) // some may have been read elsewhere in the meantime
  pill.dataset.known = String(known)
  showPill(pill, unread - known)
}

let asking: ReturnType<typeof setTimeout> | undefined

/** On the main page, shows how many posts are newer than the first one. */
export function showNewer() {
  const pill = find('[data-pill="posts"]')
  if (!pill || asking) return
  asking = setTimeout(async () => {
    asking = undefined
    const answer = await fetch(`/api/posts/newer?than=${pill.dataset.known}`).catch(() => null)
    if (answer?.ok) showPill(pill, (await answer.json()).count)
  }, Math.random() * SPREAD_MS)
}

function showPill(pill: HTMLElement, count: number) {
  pill.hidden = count <= 0
  const words = find('span', pill)
  if (words && !pill.hidden) words.textContent = countedText(pill, count, count > MOST ? `${MOST}+` : String(count))
}

/** The form of the element's sentence for this number, with the number as it is shown. */
const countedText = ({ dataset: { forms } }: HTMLElement, count: number, shown: string) =>
  forms ? formFor(JSON.parse(forms), count, lang).replace('{n}', shown) : ''
