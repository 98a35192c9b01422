import { createWriteStream } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { object } from '../../../shapes/object'
import { flush } from '../../disk'
import { hashing } from '../../media/hash'
import { fromWeb, toWeb } from '../../web-streams'
import { ageCipher, type Cipher, lockIdentity, newIdentity, plain, unlockIdentity } from './cipher'
import { DRAFTS, type Shelf } from './shelf'

/**
 * A place that keeps many backups and each byte once:
 *
 * - `pinhole-backups.json` says that this is one, and whose backups it holds
 * - `key.age` is the key of an encrypted one, encrypted with the passphrase
 * - `objects/ab/ab…` are contents, named by their hash
 * - `snapshots/TIME` are the backups; each names the objects that belong to it
 * - `damaged/…` are contents that changed by themselves
 * - `running/…` marks backups that are being made
 */
export type Repository = {
  name: string
  shelf: Shelf
  cipher: Cipher
  /** The stored size of every object, by its name. */
  objects: Map<string, number>
}

const HEADER = 'pinhole-backups.json'
const KEY = 'key.age'
const OBJECTS = 'objects/'
const DAMAGED = 'damaged/'

const headerSchema = object(() => ({ format: z.literal(1), community: z.string(), encrypted: z.boolean() }))
type Header = z.infer<typeof headerSchema>

/** Opens a repository that exists. */
export async function openRepository(shelf: Shelf, passphrase: string | undefined): Promise<Repository> {
  const header = await readHeader(shelf)
  if (!header) throw new Error(`There are no backups of Pinhole in ${shelf.name}.`)
  return opened(shelf, header, passphrase)
}

type Wanted = {
  passphrase: string | undefined
  /** Tells communities apart. A repository belongs to the first that uses it. */
  community: string
  /** Whether earlier backups of this community went there. */
  isExpected: boolean
}

/** Opens a repository for a new backup, and makes it where there is none. */
export async function openOrMake(shelf: Shelf, { passphrase, community, isExpected }: Wanted): Promise<Repository> {
  let own: string | undefined
  if (!(await readHeader(shelf))) {
    await refuseForeign(shelf, isExpected)
    const identity = passphrase === undefined ? null : await newIdentity()
    // Another backup may begin at the same moment. Whatever is stored first is that of both, and is read below.
    if (identity && (await createBytes(shelf, KEY, await lockIdentity(identity, passphrase!)))) own = identity
    const header = { format: 1 as const, community, encrypted: identity !== null }
    await createBytes(shelf, HEADER, Buffer.from(`${JSON.stringify(header)}\n`))
    await shelf.settle()
  }
  const header = await readHeader(shelf)
  if (!header) throw new Error(`${shelf.name} does not keep what is written to it.`)
  if (header.community !== community)
    throw new Error(`${shelf.name} holds the backups of another community. Choose another place for these.`)
  return opened(shelf, header, passphrase, own)
}

async function refuseForeign(shelf: Shelf, isExpected: boolean) {
  if (isExpected)
    throw new Error(
      `The earlier backups are no longer in ${shelf.name}. If they are on a disk of their own, connect it. To begin anew, ` +
        'choose another place.',
    )
  for await (const { key } of shelf.list(''))
    if (![KEY, HEADER].includes(key) && !key.startsWith(DRAFTS) && !key.startsWith('lost+found/'))
      throw new Error(`${shelf.name} holds something else (${key}). Choose an empty place for backups.`)
}

/** `own` is the identity that this process has just made, which needs no slow unlocking. */
async function opened(
  shelf: Shelf,
  { encrypted }: Header,
  passphrase: string | undefined,
  own?: string,
): Promise<Repository> {
  if (!encrypted && passphrase !== undefined)
    throw new Error(
      `The backups in ${shelf.name} are not encrypted. Choose another place for encrypted ones, or unset ` +
        'PINHOLE_BACKUP_PASSPHRASE.',
    )
  const cipher = encrypted ? await ageCipher(own ?? (await readIdentity(shelf, passphrase))) : plain
  return { name: shelf.name, shelf, cipher, objects: await listObjects(shelf) }
}

async function readIdentity(shelf: Shelf, passphrase: string | undefined): Promise<string> {
  if (passphrase === undefined)
    throw new Error(`The backups in ${shelf.name} are encrypted. Set PINHOLE_BACKUP_PASSPHRASE.`)
  const locked = await readBytes(shelf, KEY)
  if (!locked) throw new Error(`The key of ${shelf.name} is missing (${KEY}), so its backups cannot be read.`)
  const identity = await unlockIdentity(locked, passphrase)
  if (!identity) throw new Error(`PINHOLE_BACKUP_PASSPHRASE is not the passphrase of ${shelf.name}.`)
  return identity
}

async function readHeader(shelf: Shelf): Promise<Header | null> {
  const bytes = await readBytes(shelf, HEADER)
  if (!bytes) return null
  const header = headerSchema.safeParse(JSON.parse(Buffer.from(bytes).toString()))
  if (!header.success) throw new Error(`A newer version of Pinhole wrote the backups in ${shelf.name}.`)
  return header.data
}

async function listObjects(shelf: Shelf): Promise<Map<string, number>> {
  const objects = new Map<string, number>()
  for await (const { key, bytes } of shelf.list(OBJECTS)) objects.set(key.slice(OBJECTS.length + 3), bytes)
  return objects
}

const keyOf = (object: string) => `${OBJECTS}${object.slice(0, 2)}/${object}`

/** An object that is stored now. `isNew` tells whether it had to be written. */
export type Added = { object: string; sha256: string; isNew: boolean }

/** Stores a content, unless it is there already. */
export async function addObject(repository: Repository, content: AsyncIterable<Uint8Array>): Promise<Added> {
  const { shelf, cipher, objects } = repository
  const hash = new Bun.CryptoHasher('sha256')
  const hashed = Readable.from(hashing(content, hash), { objectMode: false })
  return withDraft(shelf, async (draft) => {
    const stored = await cipher.encrypt(toWeb(hashed))
    await pipeline(fromWeb(stored), createWriteStream(draft, { flags: 'wx', mode: 0o600 }))
    const sha256 = hash.digest('hex')
    const object = cipher.nameOf(sha256)
    const isNew = !objects.has(object)
    if (isNew) {
      await flush(draft)
      const bytes = Bun.file(draft).size
      await shelf.put(keyOf(object), draft)
      objects.set(object, bytes)
    }
    return { object, sha256, isNew }
  })
}

/** Reads the content of an object. Throws when it is missing. */
export async function readObject({ shelf, cipher }: Repository, object: string): Promise<ReadableStream<Uint8Array>> {
  const stored = await shelf.read(keyOf(object))
  if (!stored) throw new Error(`The object ${object} is missing in ${shelf.name}.`)
  return cipher.decrypt(stored)
}

/** Whether the object still has the content that its name says. */
export async function isSound(repository: Repository, object: string): Promise<boolean> {
  const hash = new Bun.CryptoHasher('sha256')
  try {
    for await (const chunk of await readObject(repository, object)) hash.update(chunk)
  } catch (error) {
    if (isOurs(error)) throw error
    return false // what was changed cannot even be decrypted
  }
  return repository.cipher.nameOf(hash.digest('hex')) === object
}

/** Whether reading failed because of the network or the disk, and not because of the content. */
const isOurs = (error: unknown) => {
  const { code, name } = error as { code?: string; name?: string }
  return name === 'StoreAway' || (code !== undefined && /^E[A-Z]+$/.test(code) && code !== 'ENOENT')
}

/**
 * Moves an object whose content is not what its name says to `damaged/`, where a person may still rescue a part of it.
 * The next backup stores the content again if the community still has it.
 */
export async function setAside(repository: Repository, object: string): Promise<void> {
  const { shelf } = repository
  const stored = await shelf.read(keyOf(object))
  if (stored)
    await withDraft(shelf, async (draft) => {
      await pipeline(fromWeb(stored), createWriteStream(draft, { flags: 'wx', mode: 0o600 }))
      await flush(draft)
      await shelf.put(`${DAMAGED}${object}`, draft)
    })
  await deleteObject(repository, object)
}

/** Deletes an object, and forgets that the repository has it. */
export async function deleteObject({ shelf, objects }: Repository, object: string): Promise<void> {
  await shelf.delete(keyOf(object))
  objects.delete(object)
}

/** Writes a key whole or not at all, in place of what it held before. */
export async function putBytes(shelf: Shelf, key: string, bytes: Uint8Array): Promise<void> {
  await withDraft(shelf, async (draft) => {
    await writeFile(draft, bytes, { flag: 'wx', mode: 0o600 })
    await flush(draft)
    await shelf.put(key, draft)
  })
}

/** Writes a key only if it does not exist yet. */
const createBytes = (shelf: Shelf, key: string, bytes: Uint8Array): Promise<boolean> =>
  withDraft(shelf, async (draft) => {
    await writeFile(draft, bytes, { flag: 'wx', mode: 0o600 })
    await flush(draft)
    return shelf.create(key, draft)
  })

async function readBytes(shelf: Shelf, key: string): Promise<Uint8Array | null> {
  const stream = await shelf.read(key)
  return stream && (await new Response(stream).bytes())
}

async function withDraft<R>(shelf: Shelf, use: (draft: string) => Promise<R>): Promise<R> {
  await mkdir(shelf.drafts, { recursive: true, mode: 0o700 })
  const draft = join(shelf.drafts, crypto.randomUUID())
  try {
    return await use(draft)
  } finally {
    await rm(draft, { force: true })
  }
}
