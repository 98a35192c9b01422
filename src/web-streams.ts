import type { Readable } from 'node:stream'
import { node } from './node'

// The types of a web stream differ between Node, Bun and the browser, although it is the same stream.

/** Reads a web stream as a stream of Node. */
export const fromWeb = (stream: ReadableStream<Uint8Array>): Readable => node.stream.Readable.fromWeb(stream as never)

/** Reads a stream of Node as a web stream. */
export const toWeb = (stream: Readable): ReadableStream<Uint8Array> =>
  node.stream.Readable.toWeb(stream) as unknown as ReadableStream<Uint8Array>
