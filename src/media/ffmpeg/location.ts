/** Defines a `location` for the core, which was made for browsers and reads it at the start without needing it here. */
export function pretendLocation() {
  const scope = globalThis as { location?: { href: string } }
  scope.location ??= { href: 'file:///' }
}
