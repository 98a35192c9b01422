import htmx from 'htmx.org'
import { find, findAll, on, onContent } from '../dom'
import { isFor, keyBytes, sendSubscription } from './subscription'

type State = 'off' | 'on' | 'denied' | 'home' | 'insecure' | 'unsupported' | 'failed'

const key = () => find<HTMLMetaElement>('meta[name=push-key]')?.content

/** Registers the service worker, which shows push notifications and the offline page. */
export async function startWorker() {
  if (!('serviceWorker' in navigator)) return
  navigator.serviceWorker.register('/sw.js').catch(() => {}) // browsers that store nothing have no service workers
  on('click', '[data-turn]', (button) => void turn(button as HTMLButtonElement))
  onContent(() => void showState())
  await renewIfOld().catch(() => {})
}

/** Subscribes again if the server's key has changed, because the old subscription no longer receives anything. */
async function renewIfOld() {
  const [publicKey, registration] = [key(), await navigator.serviceWorker.getRegistration()]
  const old = publicKey && (await registration?.pushManager?.getSubscription())
  if (!old || isFor(old, publicKey)) return
  const { endpoint } = old
  await old.unsubscribe()
  await sendSubscription(await subscribe(publicKey), endpoint)
}

async function subscribe(publicKey: string): Promise<PushSubscription> {
  const { pushManager } = await navigator.serviceWorker.ready
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: keyBytes(publicKey) })
}

const isApple = () =>
  /iPhone|iPad/.test(navigator.userAgent) || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1)
export const isInstalled = () => matchMedia('(display-mode: standalone)').matches
export const needsHomeScreen = () => isApple() && !isInstalled()

async function stateOf(): Promise<State> {
  if (!isSecureContext) return 'insecure'
  if (needsHomeScreen()) return 'home'
  if (!('PushManager' in window)) return 'unsupported'
  if (Notification.permission === 'denied') return 'denied'
  return (await ownRow()) ? 'on' : 'off'
}

/** The row of this device: the subscription that both the browser and the server know. */
async function ownRow(): Promise<HTMLElement | undefined> {
  const registration = await navigator.serviceWorker.getRegistration()
  const endpoint = (await registration?.pushManager.getSubscription())?.endpoint
  return findAll('[data-endpoint]').find((row) => row.dataset.endpoint === endpoint)
}

async function showState(state?: State) {
  const section = find('[data-push]')
  if (!section) return
  const now = state ?? (await stateOf())
  for (const part of findAll('[data-state]', section)) part.hidden = part.dataset.state !== now
  const here = await ownRow()
  for (const mark of findAll('[data-here]')) mark.hidden = !here?.contains(mark)
}

async function turn(button: HTMLButtonElement) {
  button.disabled = true
  try {
    if (button.dataset.turn === 'off') await turnOff()
    else await turnOn()
    await htmx.ajax('GET', '/push/subscriptions', { target: '#push-devices', swap: 'outerHTML' })
    await showState()
  } catch {
    await showState(Notification.permission === 'denied' ? 'denied' : 'failed')
  } finally {
    button.disabled = false
  }
}

async function turnOn() {
  const publicKey = key()
  if (!publicKey || (await Notification.requestPermission()) !== 'granted') throw new Error('not allowed')
  await sendSubscription(await subscribe(publicKey))
}

async function turnOff() {
  const id = (await ownRow())?.id.replace('device-', '')
  if (id) await fetch(`/api/push/subscriptions/${id}`, { method: 'DELETE' })
  const registration = await navigator.serviceWorker.getRegistration()
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
}
