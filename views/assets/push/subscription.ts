/** The server's public key, as `subscribe` wants it. */
export function keyBytes(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

/** Whether a subscription was made for this key. */
export function isFor(subscription: PushSubscription, publicKey: string): boolean {
  const theirs = subscription.options.applicationServerKey
  if (!theirs) return true // an old browser does not say
  const [a, b] = [new Uint8Array(theirs), keyBytes(publicKey)]
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

/** Tells the server of it. Throws when it is not taken. */
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
