import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Config } from '../config'
import { node } from '../node'
import { Problem } from '../problem'
import { type Checksum, hasher } from './protocol'

const BEGINS = 'arriving-'
/** The names of the files that a request of this process writes. No other process uses the data folder. */
const underWay = new Set<string>()
const folderOf = ({ dataDir }: Pick<Config, 'dataDir'>) => join(dataDir, 'work')

/** Deletes what requests left that a crash ended. */
export async function sweepUnverified(config: Pick<Config, 'dataDir'>): Promise<void> {
  const names = await readdir(folderOf(config)).catch(() => [])
  for (const name of names)
    if (name.startsWith(BEGINS) && !underWay.has(name)) await rm(join(folderOf(config), name), { force: true })
}

/**
 * Reads bytes to their end and passes them on only if they have the hash. They wait on the disk, so that neither a folder
 * nor a bucket ever holds bytes that have not been checked.
 */
export function verified(config: Pick<Config, 'dataDir'>, stream: Readable, checksum: Checksum): Readable {
  async function* pass() {
    const name = `${BEGINS}${crypto.randomUUID()}`
    const path = join(folderOf(config), name)
    const hash = hasher(checksum)
    async function* hashed() {
      for await (const chunk of stream) {
        hash.update(chunk)
        yield chunk
      }
    }
    underWay.add(name)
    try {
      await mkdir(folderOf(config), { recursive: true })
      await node.stream.promises.pipeline(hashed, createWriteStream(path, { mode: 0o600 }))
      if (hash.digest('base64') !== checksum.digest)
        throw new Problem('checksum_mismatch', 'These bytes do not have the announced hash. Send them again.')
      yield* createReadStream(path)
    } finally {
      await rm(path, { force: true })
      underWay.delete(name)
    }
  }
  return node.stream.Readable.from(pass())
}
