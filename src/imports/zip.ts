import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { type Entry, type Options, open as openZipFile, type ZipFile } from 'yauzl'
import { type Bundle, MOST_PARTS, type Part } from './bundle'

/** No compression of photos, videos and JSON that exports contain comes near this. */
const MOST_COMPRESSED = 1000

/**
 * Opens a zip. Nothing is unpacked under the names in it, so they can lead nowhere, and no entry yields more bytes than it
 * announced, which the library checks.
 */
export async function openZip(path: string): Promise<Bundle> {
  const options: Options = { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: false }
  const open = promisify<string, Options, ZipFile>(openZipFile)
  const zip = await open(path, options).catch((cause) => {
    throw new Error(`${path} cannot be read as a zip. It may be incomplete: download it again.`, { cause })
  })
  try {
    return { parts: await partsOf(zip, path), close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

function partsOf(zip: ZipFile, path: string): Promise<Part[]> {
  if (zip.entryCount > MOST_PARTS) throw new Error(`${path} contains more than ${MOST_PARTS} files.`)
  const openEntry = promisify(zip.openReadStream.bind(zip))
  return new Promise((resolve, reject) => {
    const parts: Part[] = []
    zip.on('entry', (entry: Entry) => {
      if (!/\/$/.test(entry.fileName)) parts.push(partOf(entry, openEntry))
      zip.readEntry()
    })
    zip.on('end', () => resolve(parts))
    zip.on('error', (cause) => reject(new Error(`${path} ${faultOf(cause.message)}`, { cause })))
    zip.readEntry()
  })
}

const faultOf = (message: string) =>
  /^(absolute path|invalid relative path|invalid characters)/.test(message)
    ? `contains a name that leads out of the zip, as no export does (${message}). It is not read.`
    : `is damaged: ${message}. Download it again.`

const partOf = (entry: Entry, openEntry: (entry: Entry) => Promise<Readable>): Part => ({
  path: entry.fileName.replaceAll('\\', '/'),
  bytes: entry.uncompressedSize,
  changedAt: entry.getLastModDate(),
  async open() {
    if (entry.generalPurposeBitFlag & 1) throw new Error(`${entry.fileName} is encrypted. Unpack the zip first.`)
    if (entry.uncompressedSize > Math.max(1, entry.compressedSize) * MOST_COMPRESSED)
      throw new Error(`${entry.fileName} unpacks to more than ${MOST_COMPRESSED} times its size, as no photo does.`)
    return openEntry(entry)
  },
})
