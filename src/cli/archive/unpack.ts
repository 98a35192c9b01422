import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { extract, type Header } from 'tar-stream'
import { DATABASE, MEDIA, SECRETS, SUMMARY, type Summary, summarySchema } from './format'

type Entry = Readable & { header: Header }

/** The unpacked files by name, with their sizes and, for originals, their SHA-256. */
export type Unpacked = { summary: Summary; media: Map<string, { bytes: number; sha256: string }> }

/** Unpacks an archive into `dir`. It writes only names that the format allows, so none can point outside of `dir`. */
export async function readArchive(from: Readable, dir: string): Promise<Unpacked> {
  const media: Unpacked['media'] = new Map()
  let summary: Summary | undefined
  const entries = extract()
  const reading = pipeline(from, entries)
  reading.catch(() => {}) // the loop below throws the same error
  for await (const entry of entries as AsyncIterable<Entry>) {
    const { name, type } = entry.header
    if (type !== 'file') throw new Error(`"${name}" does not belong in a backup.`)
    if (name === SUMMARY) summary = summarySchema.parse(JSON.parse(await text(entry)))
    else if (name === DATABASE || name === SECRETS) await save(entry, join(dir, name))
    else if (MEDIA.test(name)) media.set(name, await save(entry, join(dir, name)))
    else throw new Error(`"${name}" does not belong in a backup.`)
  }
  await reading
  if (!summary) throw new Error('The end of the copy is missing.')
  return { summary, media }
}

async function save(content: Readable, path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  const watch = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await pipeline(content, watch, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  return { bytes, sha256: hash.digest('hex') }
}
