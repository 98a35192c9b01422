import { type IconName, icons } from './icons'
import { raw } from './jsx-runtime'

const drawn = new Map<string, ReturnType<typeof raw>>()

/**
 * A Lucide icon with a line width of 1.5 px. It is hidden from screen readers, so the element around it needs a name.
 */
export function Icon({ name, size = 24 }: { name: IconName; size?: 16 | 20 | 24 | 32 }) {
  const key = name + size
  const known = drawn.get(key)
  if (known) return known
  const svg = raw(
    icons[name]
      .replace(/<!--.*?-->\s*/s, '')
      .replace(/class="[^"]*"/, 'class="icon" aria-hidden="true"')
      .replace(/stroke-width="2"/, 'stroke-width="1.5"')
      .replace(/\s*width="24"\s*height="24"/, ` width="${size}" height="${size}"`)
      .replace(/\s*\n\s*/g, ' '),
  )
  drawn.set(key, svg)
  return svg
}
