import type { Readable } from 'node:stream'
import type { Context } from 'hono'
import type { Env } from '../context'
import { viewer } from '../http/viewer'
import { node } from '../node'
import { Problem } from '../problem'

/**
 * The bytes that have to arrive within the time below, which a phone with a weak signal manages. A client that was cut
 * off resumes its upload (tus).
 */
export const LEAST_BYTES = 16 * 1024
export const PATIENCE_SECONDS = 240

/** The uploads a person may run at once. Our pages send one file after another; scripts may send more. */
export const MOST_AT_ONCE = 20

/** Called with the number of bytes received so far. */
export type Came = (bytes: number) => void

const underWay = new WeakMap<object, Map<number, number>>()

/**
 * Receives an upload. It may take any time, but its connection is closed when too few bytes arrive for too long, and
 * more than `MOST_AT_ONCE` uploads per person get 429.
 */
export async function receiving<T>(c: Context<Env>, receive: (came: Came) => Promise<T>): Promise<T> {
  const { id } = viewer(c)
  const counts = underWay.get(c.var.app) ?? new Map<number, number>()
  underWay.set(c.var.app, counts)
  const others = counts.get(id) ?? 0
  if (others >= MOST_AT_ONCE) throw tooMany()
  counts.set(id, others + 1)
  try {
    return await receive(patience(c.env.closeAfter))
  } finally {
    const left = counts.get(id)! - 1
    if (left) counts.set(id, left)
    else counts.delete(id)
  }
}

/**
 * Closes a connection that brings fewer than `LEAST_BYTES` within `PATIENCE_SECONDS`. The result is told how many bytes
 * have come, and each time that these are enough more, the time begins anew.
 */
export function patience(closeAfter: (seconds: number) => void = () => {}): Came {
  let counted = 0
  closeAfter(PATIENCE_SECONDS)
  return (bytes) => {
    if (bytes - counted < LEAST_BYTES) return
    counted = bytes
    closeAfter(PATIENCE_SECONDS)
  }
}

/** Reports the bytes that pass through the stream. */
export function counted(stream: Readable, came: Came = () => {}): Readable {
  async function* pass() {
    let bytes = 0
    for await (const chunk of stream) {
      bytes += chunk.length
      came(bytes)
      yield chunk
    }
  }
  return node.stream.Readable.from(pass())
}

const tooMany = () =>
  new Problem(
    'rate_limited',
    'You can run at most {most} uploads at a time. Wait until one of them finishes.',
    { retryAfter: 10 },
    { most: MOST_AT_ONCE },
  )
