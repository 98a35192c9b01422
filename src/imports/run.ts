import type { Readable } from 'node:stream'
import pLimit from 'p-limit'
import type { Visibility } from '../../shapes/posts'
import type { App } from '../context'
import { freeBytes } from '../disk'
import { changeAltText, deleteFile, isInPost, lookUpByUpload } from '../files/model'
import { markReady } from '../files/processed'
import { makeImage, makeVideo } from '../files/render'
import type { FileRow } from '../files/table'
import { BadMedia } from '../media/errors'
import { SNIFF_BYTES, sniff } from '../media/sniff'
import type { Person } from '../ports/people'
import { publishImported, sourcesOf } from '../posts/publish-imported'
import { Problem } from '../problem'
import { takeIn } from '../uploads/from-disk'
import { idsOf, newUploadId } from '../uploads/ids'
import { type Part, split } from './bundle'
import type { FoundPost, Trouble } from './post'

const MB = 1024 ** 2
const MOST_FILES = 20
const LONGEST_CAPTION = 2000
const LONGEST_ALT = 1000
/** The server processes what an interrupted import has left after this time, unless the import goes on before. */
const LEFT_MS = 3600_000

export type ImportOptions = {
  dryRun: boolean
  visibility: Visibility
  price: number
  signal: AbortSignal
  /** Called after each post. */
  progress(done: number): void
  /** Called after each file that was stored, so that the owner of the data folder gets it. */
  stored?(file: FileRow): void
}

export type Imported = {
  posts: number
  files: number
  bytes: number
  known: number
  notes: Trouble[]
  troubles: Trouble[]
}

/** An error that ends the whole import, since it would meet every other post, too. */
class Stop extends Error {}

/** Publishes the posts, as far as they are not there yet. */
export async function importPosts(
  app: App,
  owner: Person,
  posts: FoundPost[],
  options: ImportOptions,
): Promise<Imported> {
  const result: Imported = { posts: 0, files: 0, bytes: 0, known: 0, notes: [], troubles: [] }
  const sources = await sourcesOf(app.db, owner)
  const seen = new Set<string>()
  const limit = pLimit(options.dryRun ? 1 : app.mediaWorker.photosAtOnce)
  let done = 0
  let stopped: unknown
  const one = async (post: FoundPost) => {
    if (stopped || options.signal.aborted) return
    try {
      await importPost({ app, owner, options, result, sources, seen }, post)
    } catch (error) {
      if (error instanceof Stop) stopped ??= error
      else result.troubles.push({ path: post.from, reason: wordsOf(error) })
    }
    options.progress(++done)
  }
  await Promise.all(posts.map((post) => limit(() => one(post))))
  if (stopped) throw stopped
  return result
}

type Run = {
  app: App
  owner: Person
  options: ImportOptions
  result: Imported
  sources: Set<string>
  /** The hashes of what this run has met. */
  seen: Set<string>
}

async function importPost(run: Run, post: FoundPost): Promise<void> {
  const { app, owner, options, result, sources } = run
  if (sources.has(post.source)) return void result.known++
  const publishedAt = post.publishedAt
  const now = app.now()
  if (!(+publishedAt > 0) || +publishedAt > +now) throw new Error('Its time is unknown or in the future.')
  const fresh: (FoundPost['files'][number] & { hash: string })[] = []
  let known = 0
  for (const file of post.files.slice(0, MOST_FILES)) {
    const read = await checked(run, file.part)
    if (read === 'known') known++
    else if (read) fresh.push({ ...file, hash: read.hash })
  }
  if (post.files.length > MOST_FILES)
    result.notes.push({
      path: post.from,
      reason: `Only the first ${MOST_FILES} of its ${post.files.length} files fit into a post.`,
    })
  if (!fresh.length) return void (known && result.known++)
  const caption = fitting(post.caption, LONGEST_CAPTION)
  if (caption.length < post.caption.trim().length)
    result.notes.push({
      path: post.from,
      reason: `Its caption is longer than ${LONGEST_CAPTION} characters and was cut.`,
    })
  if (options.dryRun) return count(result, fresh)
  const fileIds: number[] = []
  for (const { part, altText, hash } of fresh) {
    const file = await bring(run, part, hash)
    if (!file) continue
    fileIds.push(file.id)
    if (altText) await app.write((tx) => changeAltText(tx, owner, file.id, fitting(altText, LONGEST_ALT)))
  }
  if (!fileIds.length) return
  const { visibility, price } = options
  const values = {
    caption,
    price,
    visibility,
    sensitive: false,
    adultsOnly: false,
    fileIds,
    publishedAt,
    source: post.source,
  }
  const id = await app.write((tx) => publishImported(tx, owner, values, app.now()))
  if (id === null) result.known++
  else count(result, fresh.slice(0, fileIds.length))
}

function count(result: Imported, files: FoundPost['files']) {
  result.posts++
  result.files += files.length
  for (const { part } of files) result.bytes += part.bytes
}

/** Whether the file can be imported: it is a photo or video of a size that is allowed, and is not in a post already. */
async function checked({ app, owner, result, seen }: Run, part: Part): Promise<'known' | Read | null> {
  const { maxUploadMb, minFreeMb } = app.settings()
  const refuse = (reason: string) => {
    result.troubles.push({ path: part.path, reason })
    return null
  }
  if (part.bytes > maxUploadMb * MB) return refuse(`It is larger than the ${maxUploadMb} MB that are allowed.`)
  if (!app.config.s3 && (await freeBytes(app.config.dataDir)) < minFreeMb * MB + 2 * part.bytes)
    throw new Stop(
      'The disk is nearly full. Free some space, and run the same command again: it goes on where it stopped.',
    )
  let read: Read
  try {
    read = await hashed(part, maxUploadMb * MB)
  } catch (error) {
    return refuse(`It cannot be read: ${error instanceof Error ? error.message : error}`)
  }
  if (!sniff(read.head)) return refuse('It is no photo or video that this server can read.')
  if (seen.has(read.hash)) return 'known'
  seen.add(read.hash)
  return (await isInPost(app.db, owner, read.hash)) ? 'known' : read
}

type Read = { head: Uint8Array; hash: string }

async function hashed(part: Part, most: number): Promise<Read> {
  const hasher = new Bun.CryptoHasher('sha256')
  const head = new Uint8Array(SNIFF_BYTES)
  let bytes = 0
  for await (const chunk of (await part.open()) as Readable) {
    if (bytes < SNIFF_BYTES) head.set(chunk.subarray(0, SNIFF_BYTES - bytes), bytes)
    bytes += chunk.length
    if (bytes > most) throw new Error('it contains more than it announces')
    hasher.update(chunk)
  }
  return { head: head.subarray(0, Math.min(bytes, SNIFF_BYTES)), hash: hasher.digest('hex') }
}

/** Stores a file and makes its renditions here, so that nobody's uploads wait. Returns null when it cannot be read. */
async function bring({ app, owner, options, result }: Run, part: Part, hash: string): Promise<FileRow | null> {
  // the same id for the same bytes, so that an import which was interrupted goes on with what it has stored
  const lasting = `${idsOf(owner)}import-${hash.slice(0, 32)}`
  const before = await lookUpByUpload(app.db, lasting)
  const uploadId = before?.deletedAt || before?.postId ? newUploadId(owner) : lasting
  const processAt = new Date(+app.now() + LEFT_MS)
  const given = { name: split(part.path).name, from: () => part.open(), uploadId, processAt }
  const file = await takeIn(app, owner, given).catch((error) => {
    if (error instanceof Problem && error.members.code === 'quota_exceeded')
      throw new Stop('The quota of this person is used up. Raise it in the settings, and run the same command again.')
    throw error
  })
  try {
    if (file.status === 'ready' && file.deletedAt === null) return file
    const asking = { signal: options.signal, onProgress: () => {} }
    const made = await (file.kind === 'video' ? makeVideo : makeImage)(app, file, asking)
    options.stored?.(file)
    return (await app.write((tx) => markReady(tx, file.id, made))) ?? file
  } catch (error) {
    if (options.signal.aborted) return null // the next run goes on with this file
    await app.write((tx) => deleteFile(tx, file.id, app.now()))
    if (!(error instanceof BadMedia)) throw error
    result.troubles.push({ path: part.path, reason: wordsOf(error) })
    return null
  }
}

const fitting = (text: string, most: number) => Array.from(text.trim().normalize('NFC')).slice(0, most).join('')

function wordsOf(error: unknown): string {
  if (error instanceof BadMedia) return error.message
  return error instanceof Error ? error.message : String(error)
}
