import { keyBytes, sendSubscription } from '../push/subscription'
import { worker } from './scope'

/** The service has given the device another address, or none: it subscribes anew, and says which one it was. */
export function renewSubscription() {
  worker.addEventListener('pushsubscriptionchange', (event) => {
    const { oldSubscription } = event as PushSubscriptionChangeEvent
    ;(event as ExtendableEvent).waitUntil(renew(oldSubscription?.endpoint).catch(() => {})) // the next page that opens tries again
  })
}

async function renew(replaces: string | undefined) {
  const answer = await fetch('/api/push/key')
  if (!answer.ok) return // signed out: nobody here wants any
  const { publicKey } = await answer.json()
  const options = { userVisibleOnly: true, applicationServerKey: keyBytes(publicKey) }
  await sendSubscription(await worker.registration.pushManager.subscribe(options), replaces)
}
