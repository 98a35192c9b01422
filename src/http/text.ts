import type { Context } from 'hono'
import { Problem } from '../problem'

/** Refuses a compressed body, which nothing here unpacks. */
export function refuseEncoded(c: Context): void {
  const encoding = c.req.header('content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'identity') throw new Problem('unsupported_media', 'Send the body without compression.')
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a small body as text. Bodies are UTF-8 and not compressed; anything else is refused, because reading it wrongly
 * would store damaged text. A form may also hide bytes that are not UTF-8 behind percent signs.
 */
export async function textOf(c: Context, isForm: boolean): Promise<string> {
  refuseEncoded(c)
  const charset = /;\s*charset="?([^";\s]+)/i.exec(c.req.header('content-type') ?? '')?.[1] ?? 'utf-8'
  if (!/^utf-?8$/i.test(charset)) throw new Problem('unsupported_media', 'Send text in UTF-8.')
  try {
    const text = utf8.decode(await c.req.arrayBuffer())
    if (isForm) for (const [bytes] of text.matchAll(/(%[\da-f]{2})+/gi)) decodeURIComponent(bytes)
    return text
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('unreadable', 'The body is not valid UTF-8.')
  }
}
