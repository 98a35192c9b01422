import { keyBytes, sendSubscription } from '../push/subscription'
import { worker } from './scope'

/**
 * Subscribes again when the push service has changed or removed the subscription, and tells the server which one it
 * replaces.
 */
export function renewSubscription() {
  worker.addEventListener('pushsubscriptionchange', (event) => {
    const { oldSubscription } = event as PushSubscriptionChangeEvent
    // the next page that opens tries again
    ;(event as ExtendableEvent).waitUntil(renew(oldSubscription?.endpoint).catch(() => {}))
  })
}

async function renew(replaces: string | undefined) {
  const answer = await fetch('/api/push/key')
  if (!answer.ok) return // nobody is signed in, so there is nobody to notify
  const { publicKey } = await answer.json()
  const options = { userVisibleOnly: true, applicationServerKey: keyBytes(publicKey) }
  await sendSubscription(await worker.registration.pushManager.subscribe(options), replaces)
}
