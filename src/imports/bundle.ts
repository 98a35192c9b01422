import type { Readable } from 'node:stream'

/** A file in what is imported. */
export type Part = {
  /** Its path inside, with `/`, as it was written by whoever made it. It names nothing on this machine. */
  path: string
  bytes: number
  /** When it was last changed, if that is known. */
  changedAt: Date
  open(): Promise<Readable>
}

/** A folder or a zip that is imported. */
export type Bundle = { parts: Part[]; close(): void }

/** The most files that are looked at. Exports of the busiest people have tens of thousands. */
export const MOST_PARTS = 500_000

/** Reads a whole file, which must be a small one. */
export async function readPart(part: Part, most: number): Promise<Buffer> {
  if (part.bytes > most) throw new Error(`${part.path} is larger than ${most / 1024 ** 2} MB.`)
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of await part.open()) {
    bytes += chunk.length
    if (bytes > most) throw new Error(`${part.path} is larger than ${most / 1024 ** 2} MB.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The last part of a path, and the rest. */
export function split(path: string): { folder: string; name: string } {
  const at = path.lastIndexOf('/')
  return { folder: path.slice(0, at + 1), name: path.slice(at + 1) }
}
