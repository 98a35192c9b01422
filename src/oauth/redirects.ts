/** Addresses of the machine on which an app runs. Their port is free, since such an app takes any (RFC 8252, 7.3). */
const LOOPBACK = /^(127\.0\.0\.1|\[::1\])$/
const LOOPBACK_PORT = /^(http:\/\/(?:127\.0\.0\.1|\[::1\])):\d+(?=[/?]|$)/
/** A scheme of an app's own is the name of a domain in reverse order (RFC 8252, 7.1), so it has a dot. */
const OWN_SCHEME = /^[a-z][a-z\d+-]*(\.[a-z\d+-]+)+:$/

/**
 * Tells whether people may be sent to this address with a code: https, http on the machine of the app itself, or a
 * scheme of its own.
 */
export function isRedirectUri(text: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(text) || text.includes('#') || text.includes('\\') || !URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username || password) return false
  if (protocol === 'https:') return hostname !== ''
  if (protocol === 'http:') return LOOPBACK.test(hostname) || hostname === 'localhost'
  return OWN_SCHEME.test(protocol)
}

/** Tells whether a request names one of the registered addresses. Texts are compared, since every other way was fooled. */
export const isRegistered = (registered: string[], asked: string): boolean =>
  registered.some((each) => each === asked || (isRedirectUri(asked) && withoutPort(each) === withoutPort(asked)))

/** The text of a loopback address without its port. Only the port of such addresses is left out. */
const withoutPort = (text: string): string => text.replace(LOOPBACK_PORT, '$1')
