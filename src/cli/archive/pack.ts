import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { extract, pack } from 'tar-stream'
import { flush } from '../../disk'
import { errorCode, nullIfMissing } from '../../error-code'
import { hashing } from '../../media/hash'
import type { Archive } from './fill'

type Fill = (archive: Archive) => Promise<void>

/**
 * Writes a tar file that only its owner can read. It gets its final name when it is completely on the disk and has been
 * read back, so that a crash or a full disk never leaves a part of it under that name.
 */
export async function writeArchive(path: string, fill: Fill): Promise<void> {
  const draft = `${path}.${process.pid}.part`
  try {
    const sums = await packInto(createWriteStream(draft, { flags: 'wx', mode: 0o600 }), fill)
    await flush(draft)
    await readBack(draft, sums)
    await rename(draft, path)
    await flush(dirname(path))
  } catch (error) {
    throw explained(error, dirname(path))
  } finally {
    await rm(draft, { force: true })
  }
}

/** Writes the archive to standard output, which stays open. */
export async function streamArchive(fill: Fill): Promise<void> {
  const sink = new Writable({ write: (chunk: Uint8Array, _encoding, done) => void process.stdout.write(chunk, done) })
  process.stdout.on('error', (error) => sink.destroy(error)) // the reader has gone
  await packInto(sink, fill)
}

/** Returns the SHA-256 of everything written, by name. */
async function packInto(sink: Writable, fill: Fill): Promise<Map<string, string>> {
  const tar = pack()
  const sums = new Map<string, string>()
  let bytes = 0
  const add = async (name: string, size: number, content: AsyncIterable<Uint8Array>) => {
    const hash = createHash('sha256')
    const entry = tar.entry({ name, size, mode: 0o600 })
    await pipeline(content, (chunks: AsyncIterable<Uint8Array>) => hashing(chunks, hash), entry)
    bytes += size
    const sum = hash.digest('hex')
    sums.set(name, sum)
    return sum
  }
  const file: Archive['file'] = async (name, from) => {
    const handle = await open(from, 'r').catch(nullIfMissing)
    return handle && (await add(name, (await handle.stat()).size, handle.createReadStream()))
  }
  const written = pipeline(tar, sink)
  const filled = fill({
    file,
    async stored(name, { at, bytes }) {
      if ('file' in at) return file(name, at.file.name!)
      const response = await at.remote.get()
      return response?.body ? add(name, bytes, response.body) : null
    },
    takes: () => false,
    text: async (name, text) => void (await add(name, Buffer.byteLength(text), only(Buffer.from(text)))),
    get bytes() {
      return bytes
    },
  })
    .then(() => tar.finalize())
    .catch((error) => {
      tar.destroy(error)
      throw error
    })
  await Promise.all([filled, written])
  return sums
}

/** Yields one chunk, for what takes a stream. */
export async function* only(chunk: Uint8Array) {
  yield chunk
}

/** Reads the archive again, because only what can be read is a backup. */
async function readBack(path: string, sums: Map<string, string>): Promise<void> {
  const entries = extract()
  const reading = pipeline(createReadStream(path), entries)
  reading.catch(() => {}) // the loop below throws the same error
  const found = new Map<string, string>()
  for await (const entry of entries as AsyncIterable<Readable & { header: { name: string } }>) {
    const hash = createHash('sha256')
    for await (const chunk of entry) hash.update(chunk as Uint8Array)
    found.set(entry.header.name, hash.digest('hex'))
  }
  await reading
  const wrong = [...sums].filter(([name, sum]) => found.get(name) !== sum).map(([name]) => name)
  if (wrong.length)
    throw new Error(
      `The copy differs from what was written to it (${wrong.slice(0, 3).join(', ')}), so it was deleted. The disk of ` +
        `${dirname(path)} may be failing.`,
    )
}

/** Says what to do about the usual reasons why a file cannot be written. */
export function explained(error: unknown, dir: string): unknown {
  const code = errorCode(error)
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new Error(
      `${dir} has no room left, so the unfinished copy was deleted. Free some space, or use another folder.`,
    )
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM')
    return new Error(`This user cannot write to ${dir}. Run the command as root, or use another folder.`)
  return error
}
