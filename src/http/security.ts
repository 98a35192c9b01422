/**
 * Scripts and styles are always files of this server, and no site may frame its pages. `blob:` allows a preview of files
 * before they are uploaded.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
]

/** The policy of a page that may also load what is listed here, by directive. */
function policyWith(more: Record<string, string[]>): string {
  const directives = new Map(POLICY.map((directive) => [directive.split(' ')[0] ?? '', directive]))
  for (const [name, sources] of Object.entries(more))
    directives.set(name, [directives.get(name) ?? name, ...sources].join(' '))
  return [...directives.values()].join('; ')
}

/**
 * The security headers of a page on which the window of a payment provider opens. Toss Payments asks for this opener
 * policy, without which browsers cut off the windows of banks:
 * https://docs.tosspayments.com/reference/using-api/authorization
 */
export const securityOfWindow = (more: Record<string, string[]>): Record<string, string> => ({
  'content-security-policy': policyWith(more),
  'cross-origin-opener-policy': 'same-origin-allow-popups',
})

/**
 * The policy of a page whose form leads on to another place. Browsers apply `form-action` to where a form is redirected,
 * too. They know no IPv6 addresses there, so for these every address of the scheme is allowed.
 */
export function policyForForm(target: string): string {
  const { protocol, origin, hostname } = new URL(target)
  const isPlain = /^https?:$/.test(protocol) && !hostname.startsWith('[')
  return policyWith({ 'form-action': [isPlain ? origin : protocol] })
}

/**
 * The security headers of every answer. `Strict-Transport-Security` is added in `src/cli/listen.ts`, or left to the proxy,
 * because some addresses of this server may not support https.
 */
export const SECURITY: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY.join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'referrer-policy': 'same-origin', // with `no-referrer`, browsers would send `Origin: null` with forms
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
}
