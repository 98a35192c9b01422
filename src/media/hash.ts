/** Returns the SHA-256 in hex. */
export const sha256Of = (bytes: Uint8Array): string => new Bun.CryptoHasher('sha256').update(bytes).digest('hex')

/** Returns the SHA-256 in hex of a stream, which may be gigabytes. */
export async function sha256OfStream(bytes: { stream(): ReadableStream<Uint8Array> }): Promise<string> {
  const hasher = new Bun.CryptoHasher('sha256')
  for await (const chunk of bytes.stream()) hasher.update(chunk)
  return hasher.digest('hex')
}

/** Passes chunks on, and hashes them on the way. */
export async function* hashing<C extends Uint8Array>(chunks: AsyncIterable<C>, hash: { update(chunk: C): unknown }) {
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
}
