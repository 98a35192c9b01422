import { type IconName, icons } from './icons'
import { raw } from './jsx-runtime'

/** The icons that were drawn before, by their name and size. */
const drawn: Record<number, Map<IconName, ReturnType<typeof raw>>> = {
  16: new Map(),
  20: new Map(),
  24: new Map(),
  32: new Map(),
}

/**
 * A Lucide icon with a line width of 1.5 px. It is hidden from screen readers, so the element around it needs a name.
 */
export function Icon({ name, size = 24 }: { name: IconName; size?: 16 | 20 | 24 | 32 }) {
  const known = drawn[size]!.get(name)
  if (known) return known
  const svg = raw(
    icons[name]
      .replace(/<!--.*?-->\s*/s, '')
      .replace(/class="[^"]*"/, 'class="icon" aria-hidden="true"')
      .replace(/stroke-width="2"/, 'stroke-width="1.5"')
      .replace(/\s*width="24"\s*height="24"/, ` width="${size}" height="${size}"`)
      .replace(/\s*\n\s*/g, ' '),
  )
  drawn[size]!.set(name, svg)
  return svg
}
