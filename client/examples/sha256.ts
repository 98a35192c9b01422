import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'

/** The hash by which the server knows a file, in hex, or undefined if there is no such file. */
export async function sha256(path: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(path)) hash.update(bytes)
  return hash.digest('hex')
}
