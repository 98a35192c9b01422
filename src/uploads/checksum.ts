import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../config'
import { Problem } from '../problem'
import { type Checksum, hasher } from './protocol'

/**
 * Reads bytes to their end and passes them on only if they have the hash. They wait on the disk, so that neither a folder
 * nor a bucket ever holds bytes that have not been checked.
 */
export function verified({ dataDir }: Pick<Config, 'dataDir'>, stream: Readable, checksum: Checksum): Readable {
  async function* pass() {
    const folder = join(dataDir, 'work')
    const path = join(folder, `arriving-${crypto.randomUUID()}`)
    const hash = hasher(checksum)
    async function* hashed() {
      for await (const chunk of stream) {
        hash.update(chunk)
        yield chunk
      }
    }
    try {
      await mkdir(folder, { recursive: true })
      await pipeline(hashed, createWriteStream(path, { mode: 0o600 }))
      if (hash.digest('base64') !== checksum.digest)
        throw new Problem('checksum_mismatch', 'These bytes do not have the announced hash. Send them again.')
      yield* createReadStream(path)
    } finally {
      await rm(path, { force: true })
    }
  }
  return Readable.from(pass())
}
