/** Converts the server's public key to the format that `subscribe` expects. */
export function keyBytes(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

/** Whether a subscription was made with this key. */
export function isFor(subscription: PushSubscription, publicKey: string): boolean {
  const theirs = subscription.options.applicationServerKey
  if (!theirs) return true // older browsers do not expose the key
  const [a, b] = [new Uint8Array(theirs), keyBytes(publicKey)]
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

/** Sends the subscription to the server. Throws if the server rejects it. */
export async function sendSubscription(subscription: PushSubscription, replaces?: string) {
  const { endpoint, keys } = subscription.toJSON()
  const body = JSON.stringify({ endpoint, keys, ...(replaces && replaces !== endpoint && { replaces }) })
  const answer = await fetch('/api/push/subscriptions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  if (!answer.ok) throw new Error(`not subscribed: ${answer.status}`)
}
