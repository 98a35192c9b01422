import { saying, showLateToast, toast, toastLater } from './toast'

type Context = {
  sourceElement: HTMLElement
  sourceEvent?: Event
  response?: { status: number; headers: Headers }
  text?: string
}
type HtmxEvent = CustomEvent<{ ctx?: Context }>

const isPoll = (ctx: Context | undefined) => ctx?.sourceEvent?.type === 'every' || ctx?.sourceEvent?.type === 'live'
const listen = (name: string, handle: (ctx: Context | undefined, event: HtmxEvent) => void) =>
  document.addEventListener(name, (event) => handle((event as HtmxEvent).detail?.ctx, event as HtmxEvent))

/**
 * Decides what htmx may swap into the page. A failed form comes back with its errors, but a plain error never replaces
 * what someone has typed.
 */
export function watchAnswers() {
  showLateToast()
  listen('htmx:before:request', (ctx, event) => {
    if (!isPoll(ctx) || !isBusy(ctx?.sourceElement)) return
    event.preventDefault()
    if (ctx) ctx.sourceElement.dataset.late = '' // `watchEvents` tries again
  })
  listen('htmx:before:swap', (ctx, event) => {
    const status = ctx?.response?.status ?? 200
    if (!ctx || status < 400 || ctx.text?.includes('<form')) return
    event.preventDefault()
    if (!isPoll(ctx)) return toast(failureIn(ctx.text) ?? saying('failed'))
    if (status === 404 || status === 410) ctx.sourceElement.remove()
  })
  listen('htmx:after:request', (ctx) => {
    const status = ctx?.response?.status ?? 0
    if (!ctx || status < 200 || status >= 400) return
    const leaves = ctx.response?.headers.has('hx-redirect')
    if (!leaves && ctx.sourceElement.getAttribute('hx-swap') === 'none') closeMenuOf(ctx.sourceElement)
    const { done, onward, onwardLabel } = ctx.sourceElement.dataset
    if (leaves) toastLater(done)
    else toast(done, onward && onwardLabel ? { href: onward, label: onwardLabel } : undefined)
  })
  addEventListener('offline', () => toast(saying('offline')))
  listen('htmx:error', (ctx, event) => {
    if (!ctx?.response && !isPoll(ctx)) toast(saying(navigator.onLine ? 'failed' : 'offline'))
    console.warn(event.detail)
  })
}

/** Closes the menu in which something was done that changes what the menu offers, and loads it again. */
function closeMenuOf(element: HTMLElement) {
  const menu = element.closest<HTMLElement>('.menu')
  menu?.hidePopover()
  menu?.dispatchEvent(new CustomEvent('stale'))
}

/** Whether the person is busy with the element, so that a refresh must wait. */
const isBusy = (element: HTMLElement | undefined) =>
  !!element?.querySelector('details[open]') || !!document.activeElement?.closest('dialog[open]') || isWritingIn(element)
const isWritingIn = (element: HTMLElement | undefined) =>
  document.activeElement instanceof HTMLTextAreaElement && !!element?.contains(document.activeElement)

function failureIn(html = ''): string | undefined {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  return parsed.querySelector('[data-failure]')?.textContent ?? undefined
}
