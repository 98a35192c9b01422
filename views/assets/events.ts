import { find, findAll } from './dom'
import { leaveIfEnded } from './left'
import { showCount, showNewer, showUnread } from './unread'

/**
 * How often waiting elements are refreshed while there is no event stream. With a stream, every 15th poll is made as a
 * precaution.
 */
const POLL_MS = 2000
const SLOW_POLLS = 15

type News = {
  all?: true
  id?: number
  postId?: number | null
  status?: string
  progress?: number
  unread?: number
  balance?: number
}

const hear: Record<string, (news: News) => void> = {
  notification: ({ unread = 0 }) => showUnread('notifications', unread),
  inbox: ({ unread = 0 }) => showUnread('inbox', unread),
  coins: ({ balance = 0 }) => showBalance(balance),
  file: (news) => (news.all ? refreshWaiting() : showFile(news)),
  posts({ all, id }) {
    if (id) return refresh(find(`#post-${id}`))
    if (all) for (const locked of findAll('.post:has(.locked)')) refresh(locked)
    showNewer()
  },
}

/**
 * Receives events while the page is visible. Only the visible tab keeps a connection open, because browsers allow only
 * a few per host. A hidden tab disconnects and resumes from the last event when it becomes visible again, so nothing is
 * missed.
 */
export function watchEvents() {
  let { events: last } = document.body.dataset
  if (!last) return
  let line: EventSource | undefined
  let isSignedOut = false

  const open = () => {
    if (isSignedOut || document.hidden || (line && line.readyState !== EventSource.CLOSED)) return
    line = new EventSource(`/api/events?after=${encodeURIComponent(last ?? '')}`)
    for (const [kind, tell] of Object.entries(hear))
      line.addEventListener(kind, ({ data, lastEventId }) => {
        last = lastEventId || last
        tell(JSON.parse(data))
      })
    line.addEventListener('end', end)
    line.addEventListener('error', () => line?.readyState === EventSource.CLOSED && void leaveIfEnded())
  }
  const hangUp = () => {
    line?.close()
    line = undefined
  }

  const end = () => {
    isSignedOut = true
    hangUp()
    void leaveIfEnded()
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? hangUp() : open()))
  addEventListener('pagehide', hangUp)
  addEventListener('pageshow', open)
  open()

  let polls = 0
  setInterval(() => {
    if (document.hidden || isSignedOut) return
    const isSlow = ++polls % SLOW_POLLS === 0
    if (isSlow) open() // reconnects if the server refused the connection
    if (isSlow || line?.readyState !== EventSource.OPEN) refreshWaiting()
    for (const late of findAll('[data-late]')) refresh(late)
  }, POLL_MS)
}

const refreshWaiting = () => findAll('[data-waits]').forEach(refresh)

/** Reloads an element from the server. While the person is busy with it, the reload waits; see `watchAnswers`. */
function refresh(element: HTMLElement | null) {
  if (!element) return
  delete element.dataset.late
  if (element.querySelector('.htmx-request')) element.dataset.late = ''
  else element.dispatchEvent(new CustomEvent('live'))
}

function showFile({ id, postId, status, progress = 0 }: News) {
  if (status !== 'processing') {
    refresh(find(`#file-${id}`))
    if (postId) refresh(find(`#post-${postId}`))
    return
  }
  for (const ring of findAll(`[data-file="${id}"] .ring`)) {
    find('.ring-bar', ring)?.setAttribute('stroke-dasharray', `${Math.round(progress * 100)} 100`)
    const bar = find<HTMLProgressElement>('progress', ring)
    if (bar) bar.value = progress
  }
}

function showBalance(balance: number) {
  showCount('balance', balance)
  for (const short of findAll('[data-short-of]'))
    if (balance >= Number(short.dataset.shortOf)) refresh(short.closest<HTMLElement>('[data-post]'))
}
