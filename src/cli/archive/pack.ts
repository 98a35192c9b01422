import { createWriteStream } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { pack } from 'tar-stream'

export type Archive = {
  /** Returns false when the file does not exist. A file that is deleted meanwhile is still copied completely. */
  file(name: string, path: string): Promise<boolean>
  text(name: string, text: string): Promise<void>
  readonly bytes: number
}

/** Writes a tar file that only its owner can read. It gets its final name when it is completely on the disk. */
export async function writeArchive(path: string, fill: (archive: Archive) => Promise<void>): Promise<void> {
  const draft = `${path}.${process.pid}.part`
  try {
    const tar = pack()
    const written = pipeline(tar, createWriteStream(draft, { flags: 'wx', mode: 0o600 }))
    let bytes = 0
    const add = async (name: string, size: number, content: AsyncIterable<Uint8Array> | Uint8Array) => {
      const entry = tar.entry({ name, size, mode: 0o600 })
      await pipeline(content instanceof Uint8Array ? [content] : content, entry)
      bytes += size
    }
    const filled = fill({
      async file(name, from) {
        const handle = await openIfThere(from)
        if (!handle) return false
        await add(name, (await handle.stat()).size, handle.createReadStream())
        return true
      },
      text: (name, text) => add(name, Buffer.byteLength(text), Buffer.from(text)),
      get bytes() {
        return bytes
      },
    }).then(() => tar.finalize())
    await Promise.all([written, filled])
    await flush(draft)
    await rename(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
}

/** Waits until the data is on the disk and no longer only in memory. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null
    throw error
  }
}
