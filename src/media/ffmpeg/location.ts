/** The core was made for browsers and looks for its address before it does anything; it has no use for it here. */
export function pretendLocation() {
  const scope = globalThis as { location?: { href: string } }
  scope.location ??= { href: 'file:///' }
}
