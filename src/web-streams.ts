import { Readable } from 'node:stream'

// The types of a web stream differ between Node, Bun and the browser, although it is the same stream.

/** Reads a web stream as a stream of Node. */
export const fromWeb = (stream: ReadableStream<Uint8Array>): Readable => Readable.fromWeb(stream as never)

/** Reads a stream of Node as a web stream. */
export const toWeb = (stream: Readable): ReadableStream<Uint8Array> =>
  Readable.toWeb(stream) as unknown as ReadableStream<Uint8Array>
