import type { Readable } from 'node:stream'
import type { Context } from 'hono'
import type { Env } from '../context'
import { viewer } from '../http/viewer'
import { Problem } from '../problem'

/** So many bytes have to come in so many seconds: what a phone with a single bar manages. Who was cut off goes on where it was (tus). */
export const LEAST_BYTES = 16 * 1024
export const PATIENCE_SECONDS = 240

/** A browser of ours sends one file after another, a script perhaps some more. */
export const MOST_AT_ONCE = 20

/** Told how many bytes have come so far. */
export type Came = (bytes: number) => void

const underWay = new WeakMap<object, Map<number, number>>()

/**
 * An upload takes as long as it takes, but its connection is closed when it brings too little for too long, and nobody has more than
 * so many of them open: 429.
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

export function patience(closeAfter: (seconds: number) => void = () => {}): Came {
  let counted = 0
  closeAfter(PATIENCE_SECONDS)
  return (bytes) => {
    if (bytes - counted < LEAST_BYTES) return
    counted = bytes
    closeAfter(PATIENCE_SECONDS)
  }
}

/** The same stream. */
export function counted(stream: Readable, came: Came = () => {}): Readable {
  let bytes = 0
  return stream.on('data', (chunk: Uint8Array) => {
    bytes += chunk.length
    came(bytes)
  })
}

const tooMany = () =>
  new Problem(
    'rate_limited',
    'You can run at most {most} uploads at a time. Wait until one of them finishes.',
    { retryAfter: 10 },
    { most: MOST_AT_ONCE },
  )
